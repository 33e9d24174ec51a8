#include "parsers/uuencode.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "parsers/limits.hpp"
#include "parsers/message.hpp"

namespace dengji {

using namespace std::string_literals;

namespace {

// What sharutils' uuencode makes of nine times "form \0\377\376"; Python's uu writes blanks for
// "`".
const std::string data =
    "M9F]R;2``__YF;W)M(`#__F9O<FT@`/_^9F]R;2``__YF;W)M(`#__F9O<FT@\n"
    ";`/_^9F]R;2``__YF;W)M(`#__F9O<FT@`/_^\n";
const std::string file = "begin 644 登记表.doc\n" + data + "`\nend\n";

std::string nine() {
  std::string out;
  for (int i = 0; i < 9; ++i) out += "form \0\xFF\xFE"s;
  return out;
}

// "name=bytes|" of each file, and the text around.
std::string told(const std::string& body, std::size_t limit = 10) {
  const UuText found = take_uuencoded(body, limit);
  std::string out;
  for (const UuFile& each : found.files) out += each.name + "=" + each.bytes + "|";
  return out + found.text;
}

}  // namespace

TEST(Uuencode, TakesFilesOutOfAText) {
  const std::string taken = "登记表.doc=" + nine() + "|";
  EXPECT_EQ(told("请查收\n\n" + file + "谢谢\n"), taken + "请查收\n\n谢谢\n");
  EXPECT_EQ(told(file + file), taken + taken);
  std::string blanks = file, dos;
  for (char& c : blanks) c = c == '`' ? ' ' : c;
  EXPECT_EQ(told(blanks), taken);
  for (const char c : file) dos += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(told(dos), taken);
  EXPECT_EQ(told("begin 644 cat.txt\n#0V%T\n`\nend"), "cat.txt=Cat|");
}

TEST(Uuencode, FillsInBlanksThatWereCutOff) {
  EXPECT_EQ(told("begin 644 a\n&86\n\nend\n"), "a=a\x60\0\0\0\0"s + "|");
}

TEST(Uuencode, KeepsWhatCameOfACutFile) {
  EXPECT_EQ(told("begin 644 a.doc\n" + data + "\nHELLO\n"), "a.doc=" + nine() + "|\nHELLO\n");
  EXPECT_EQ(told("begin 644 a.doc\n" + data.substr(0, 62)), "a.doc=" + nine().substr(0, 45) + "|");
}

TEST(Uuencode, LeavesAPersonsWordsAlone) {
  for (const char* text : {"begin 644 a\nHello\nend\n", "begin 644 \n#0V%T\nend\n",
                           "begin at 9\n#0V%T\n", "begin 9 a\n#0V%T\n", "we begin 644 a\n#0V%T\n",
                           "begin 644 a\n`\nend\n", "begin 644 a", ""}) {
    EXPECT_EQ(told(text), text);
  }
}

TEST(Uuencode, StopsAtTheLimit) {
  EXPECT_EQ(told(file + file, 1), "登记表.doc=" + nine() + "|" + file);
}

TEST(Uuencode, StaysLinear) {
  std::string many;
  while (many.size() < 4 * limits::MiB) many += "begin 644 a\nM\n";
  const std::clock_t start = std::clock();
  EXPECT_EQ(told(many), many);
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
}

TEST(Uuencode, GivesAMessageItsAttachments) {
  const auto message =
      parse_message("From: a@b.example\r\nSubject: x\r\n\r\n请查收\r\n" + file + "谢谢\r\n");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->text, "请查收\n谢谢\n");
  ASSERT_EQ(message->attachments.size(), 1u);
  EXPECT_EQ(message->attachments[0].name, "登记表.doc");
  EXPECT_EQ(message->attachments[0].bytes, nine());
}

TEST(Uuencode, IsReadInGbkToo) {
  const auto message = parse_message(
      "From: a@b.example\r\n\r\nbegin 644 \xB5\xC7\xBC\xC7\xB1\xED.doc\r\n#0V%T\r\n`\r\nend\r\n");
  ASSERT_TRUE(message);
  ASSERT_EQ(message->attachments.size(), 1u);
  EXPECT_EQ(message->attachments[0].name, "登记表.doc");
}

TEST(Uuencode, IsATransferEncodingToo) {
  const auto message = parse_message(
      "From: a@b.example\r\nContent-Type: application/msword; name=a.doc\r\n"
      "Content-Transfer-Encoding: x-uuencode\r\n\r\n" +
      file);
  ASSERT_TRUE(message);
  ASSERT_EQ(message->attachments.size(), 1u);
  EXPECT_EQ(message->attachments[0].name, "a.doc");
  EXPECT_EQ(message->attachments[0].bytes, nine());
}

}  // namespace dengji
