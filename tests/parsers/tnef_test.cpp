#include "parsers/tnef.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "parsers/container.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"
#include "tests/parsers/fixtures.hpp"

namespace dengji {

using namespace std::string_literals;

namespace {

std::string le(std::size_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::string attribute(std::uint32_t id, const std::string& data) {
  std::uint32_t sum = 0;
  for (const char c : data) sum += static_cast<unsigned char>(c);
  return "\2" + le(id, 4) + le(data.size(), 4) + data + le(sum, 2);
}

std::string property(std::uint32_t type, std::uint32_t id, const std::string& value) {
  return le(type, 2) + le(id, 2) + le(1, 4) + le(value.size(), 4) + value +
         std::string((4 - value.size() % 4) % 4, '\0');
}

const std::string start = le(0x223E9F78, 4) + le(1, 2);
const std::string rend = attribute(0x00069002, std::string(14, '\0'));
const std::string gbk_title = attribute(0x00018010, "\xB5\xC7\xBC\xC7\xB1\xED.doc\0"s);

}  // namespace

TEST(Tnef, GivesAttachmentsWithGbkNames) {
  const auto found = read_tnef(start + attribute(0x00069007, le(936, 4)) + rend + gbk_title +
                               attribute(0x0006800F, "form") + rend +
                               attribute(0x00018010, "b.jpg\0"s) + attribute(0x0006800F, "scan"));
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[0].name, "登记表.doc");
  EXPECT_EQ((*found)[0].bytes, "form");
  EXPECT_EQ((*found)[1].name, "b.jpg");
}

TEST(Tnef, PrefersTheLongName) {
  const std::string wide = "\x7B\x76\xB0\x8B\x68\x88.\0d\0o\0c\0x\0\0\0"s;
  const std::string properties = le(4, 4) + le(0x03, 2) + le(0x3705, 2) + le(1, 4) +  // a number
                                 le(0x1E, 2) + le(0x8001, 2) + std::string(16, 'g') +
                                 le(1, 4) +  // a named property
                                 le(4, 4) + "n\0m\0"s + le(1, 4) + le(2, 4) + "x\0\0\0"s +
                                 property(0x1F, 0x3707, wide) + property(0x102, 0x3701, "form");
  const auto found = read_tnef(start + rend + attribute(0x00018010, "~1.DOC\0"s) +
                               attribute(0x00069005, properties));
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ((*found)[0].name, "登记表.docx");
  EXPECT_EQ((*found)[0].bytes, "form");
}

TEST(Tnef, StandsInForItsAttachments) {
  const auto members = unpack(
      {make_attachment("winmail.dat", start + rend + gbk_title + attribute(0x0006800F, "form"))});
  ASSERT_EQ(members.size(), 1u);
  EXPECT_EQ(members[0].name, "登记表.doc");
  EXPECT_EQ(members[0].container, "");
}

TEST(Tnef, OpensAMessageForwardedWithin) {
  const std::string zip = zip_file({{"b.zip", zip_file({{"盖章.jpg", "scan", true}})}});
  const std::string inner = start + rend + gbk_title + attribute(0x0006800F, "form") + rend +
                            attribute(0x00018010, "a.zip\0"s) + attribute(0x0006800F, zip);
  const std::string message_id = "\7\3\2\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"s;  // IID_IMessage
  const std::string properties = le(3, 4) + le(0x03, 2) + le(0x3705, 2) + le(5, 4) +  // embedded
                                 property(0x1E, 0x3001, "转发\0"s) +
                                 property(0x0D, 0x3701, message_id + inner);
  const auto members =
      unpack({make_attachment("winmail.dat", start + rend + attribute(0x00018010, "Untitled\0"s) +
                                                 attribute(0x00069005, properties))});
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].name, "登记表.doc");
  EXPECT_EQ(members[0].bytes, "form");
  EXPECT_EQ(members[1].name, "盖章.jpg");
  EXPECT_EQ(members[1].bytes, "scan");
  EXPECT_EQ(members[1].container, "a.zip");
}

TEST(Tnef, ComesOutOfAMail) {
  std::string raw =
      "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
      "--b\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\n\r\n";
  raw += start + rend + gbk_title + attribute(0x0006800F, "form") + "\r\n--b--\r\n";
  const auto message = parse_message(raw);
  ASSERT_TRUE(message);
  const auto members = unpack(message->attachments);
  ASSERT_EQ(members.size(), 1u);
  EXPECT_EQ(members[0].name, "登记表.doc");
}

TEST(Tnef, IsOpenedTwoLevelsDeep) {
  std::string nested = start + rend + gbk_title + attribute(0x0006800F, "form");
  for (int i = 0; i < 2; ++i) nested = start + rend + attribute(0x0006800F, nested);
  const auto left = unpack({make_attachment("winmail.dat", nested)});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].problem->why, Why::over_limit);
}

TEST(Tnef, SaysThatItIsCut) {
  const std::string whole = start + rend + gbk_title + attribute(0x0006800F, "form");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto found = read_tnef(whole.substr(0, length));
    if (!found) {
      EXPECT_EQ(found.reason().why, Why::damaged) << length;
    }
  }
  EXPECT_FALSE(read_tnef(whole.substr(0, whole.size() - 1)));
}

TEST(Tnef, HasLimits) {
  std::string many = start;
  for (std::size_t i = 0; i < limits::container_members + 2; ++i) {
    many += rend + attribute(0x0006800F, "x");
  }
  const auto found = read_tnef(many);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.reason().why, Why::over_limit);

  const std::string endless = le(0xFFFFFFFF, 4) + le(0x1003, 2) + le(1, 2) + le(0xFFFFFFFF, 4);
  const auto stopped = read_tnef(start + rend + gbk_title + attribute(0x00069005, endless));
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->size(), 1u);
}

TEST(Tnef, KeepsToTheLimitOfProperties) {
  std::string properties = le(limits::tnef_properties + 1, 4);
  for (std::size_t i = 0; i < limits::tnef_properties; ++i) properties += property(0x1E, 1, "x");
  properties += property(0x1E, 0x3707, "late.doc");
  const auto found = read_tnef(start + rend + gbk_title + attribute(0x00069005, properties));
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[0].name, "登记表.doc");
}

}  // namespace dengji
