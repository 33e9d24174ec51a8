#include "parsers/message.hpp"

#include <gtest/gtest.h>

#include "parsers/limits.hpp"

namespace dengji {

using namespace std::string_literals;

namespace {

const std::string head = "From: a@sender.example\r\nTo: b@office.example\r\nSubject: x\r\n";

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// A message whose second part carries these header lines (each with its line end) and "abc".
std::string with_part(const std::string& part_header) {
  return head +
         "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n"
         "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请查收\r\n--b1\r\n" +
         part_header + "\r\nabc\r\n--b1--\r\n";
}

std::string name_of(const std::string& part_header) {
  const auto message = parse_message(with_part(part_header));
  if (!message || message->attachments.size() != 1) return "<no attachment>";
  return message->attachments[0].name;
}

}  // namespace

TEST(Message, ReadsHeaderAndBody) {
  const auto message = parse_message(
      "Return-Path: <a@sender.example>\r\n"
      "Received: from x by y\r\n\tfor <city@office.example>; Sat, 25 Aug 2018 14:57:01 +0800\r\n"
      "Delivered-To: county@office.example\r\n"
      "From: \"=?gb18030?B?tce8x7Ht?=\" <a@sender.example>\r\nTo: b@office.example\r\n"
      "Subject: =?UTF-8?B?5rSe5Y+j5Y6/5rCR55Sf5pyN5Yqh54Ot57q/5Yqe5YWs5a6kLea0nuWPo8K3?=\r\n"
      " =?UTF-8?B?6LWE5rGf5Y2w6LGh?=\r\nMessage-ID: <1@sender.example>\r\n"
      "Date: Sat, 25 Aug 2018 14:56:57 +0800 (CST)\r\n\r\n请查收\r\n");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->from->name, "登记表");
  EXPECT_EQ(message->from->address, "a@sender.example");
  EXPECT_EQ(message->subject, "洞口县民生服务热线办公室-洞口·资江印象");
  EXPECT_EQ(message->date, "2018-08-25T14:56:57+08:00");
  EXPECT_EQ(message->received, "2018-08-25T14:57:01+08:00");
  EXPECT_EQ(message->return_path, "a@sender.example");
  EXPECT_EQ(message->delivered_to,
            (std::vector<std::string>{"county@office.example", "city@office.example"}));
  EXPECT_EQ(message->message_id, "<1@sender.example>");
  EXPECT_EQ(message->text, "请查收\n");
  EXPECT_EQ(message->machine, "");
}

TEST(Message, KeepsWhatStandsInAName) {
  const std::string disposition = "Content-Disposition: attachment; ";
  EXPECT_EQ(name_of(disposition + "filename=\"a;b.doc\"\r\n"), "a;b.doc");
  EXPECT_EQ(name_of(disposition + "filename=\"关于\"双清\"网.doc\"; size=3\r\n"),
            "关于\"双清\"网.doc");
  EXPECT_EQ(name_of(disposition + "filename=\"say \\\"hi\\\".doc\"\r\n"), "say \"hi\".doc");
  EXPECT_EQ(name_of(disposition + "filename=登记 表.doc; size=3\r\n"), "登记 表.doc");
  EXPECT_EQ(name_of(disposition + "filename=\"\x81\x5C\x87\xD1.doc\"\r\n"), "乗囇.doc");
  EXPECT_EQ(name_of(disposition + "filename=\"../../a.doc\"\r\n"), "a.doc");
  EXPECT_EQ(name_of("Content-Type: image/jpeg\r\n"), "");
}

TEST(Message, TriesUtf8FirstAndGb18030BehindGb2312) {
  const auto text = [](const std::string& charset, const std::string& body) {
    const auto message =
        parse_message(head + "Content-Type: text/plain; charset=" + charset + "\r\n\r\n" + body);
    return message ? message->text : message.reason().detail;
  };
  EXPECT_EQ(text("gb2312", "\xD6\xEC\xE9\x46\xBB\xF9"), "朱镕基");  // 镕 is in GBK only
  EXPECT_EQ(text("gb2312", "\x95\x34\xB2\x35\xB5\xC7"), "𠮷登");    // four bytes, GB18030 only
  EXPECT_EQ(text("GBK", "登记表"), "登记表");                       // UTF-8, whatever it is called
  EXPECT_EQ(text("\"gb_2312-80\"", "\xB5\xC7\xBC\xC7"), "登记");
  EXPECT_EQ(text("us-ascii", "\xB5\xC7\xBC\xC7"), "登记");
  EXPECT_EQ(text("iso-8859-1", "\xB5\xC7\xBC\xC7"), "登记");
  EXPECT_EQ(text("x-no-such", "\xB5\xC7\xBC\xC7"), "登记");
  EXPECT_EQ(text("big5", "\xB5\x6E\xB0\x4F"), "登記");
  EXPECT_EQ(text("hz-gb-2312", "~{5G<G~}"), "登记");
  EXPECT_EQ(text("utf-8", "登记\xE8\xA1"), "登记\uFFFD");
}

TEST(Message, DecidesRawHeadersFieldByField) {
  const auto message = parse_message(
      "From: \xB5\xC7\xBC\xC7 <a@sender.example>\r\nTo: 登记处 <b@office.example>\r\n"
      "Subject: \xB5\xC7\xBC\xC7\xB1\xED=?utf-8?B?55m7?=\r\n\r\nbody");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->from->name, "登记");
  EXPECT_EQ(message->from->address, "a@sender.example");
  EXPECT_EQ(message->to.at(0).name, "登记处");
  EXPECT_EQ(message->subject, "登记表登");
}

TEST(Message, TakesAFileForAnAttachmentHoweverItIsSent) {
  for (const char* header :
       {"Content-Type: application/octet-stream\r\nContent-ID: <a@b>\r\n",
        "Content-Type: image/jpeg\r\n",
        "Content-Type: application/msword\r\nContent-Disposition: inline\r\n",
        "Content-Disposition: attachment\r\n",
        "Content-Type: text/html\r\nContent-Disposition: ATTACHMENT\r\n",
        "Content-Type: text/plain; name=a.txt\r\n", "Content-Type: text/html; name=a.htm\r\n",
        "Content-Disposition: inline; filename=a.txt\r\n", "Content-Type: application\r\n",
        "Content-Type: message/rfc822\r\n", "Content-Type: text/calendar\r\n"}) {
    const auto message = parse_message(with_part(header));
    ASSERT_TRUE(message);
    ASSERT_EQ(message->attachments.size(), 1u) << header;
    EXPECT_EQ(message->attachments[0].bytes, "abc") << header;
    EXPECT_EQ(message->text, "请查收") << header;
  }
}

TEST(Message, NeedsNoMimeVersion) {
  const auto message =
      parse_message(head +
                    "Content-Type: application/msword; name=a.doc\r\nContent-Transfer-Encoding: "
                    "base64\r\n\r\nYWJj\r\n");
  ASSERT_TRUE(message);
  ASSERT_EQ(message->attachments.size(), 1u);
  EXPECT_EQ(message->attachments[0].bytes, "abc");
}

TEST(Message, JoinsTheTextsAroundAttachments) {  // as Apple's programs send them
  const auto message = parse_message(
      head +
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: "
      "text/plain\r\n\r\none\r\n"
      "--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: inline\r\n\r\nscan\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\ntwo\r\n--b--\r\n");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->text, "one\ntwo");
  ASSERT_EQ(message->attachments.size(), 1u);
  EXPECT_EQ(message->attachments[0].bytes, "scan");
}

TEST(Message, LeavesOutWhatOnlyProgramsAttach) {
  for (const char* type :
       {"application/pkcs7-signature; name=smime.p7s", "application/x-pkcs7-signature",
        "application/pgp-signature; name=signature.asc"}) {
    const auto message = parse_message(with_part("Content-Type: "s + type + "\r\n"));
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->attachments.empty()) << type;
  }
  const auto twofold =
      parse_message(head +
                    "Content-Type: multipart/appledouble; boundary=d\r\n\r\n"
                    "--d\r\nContent-Type: application/applefile; name=a.doc\r\n\r\nicon\r\n"
                    "--d\r\nContent-Type: application/msword; name=a.doc\r\n\r\nform\r\n--d--\r\n");
  ASSERT_TRUE(twofold);
  ASSERT_EQ(twofold->attachments.size(), 1u);
  EXPECT_EQ(twofold->attachments[0].bytes, "form");
}

TEST(Message, TakesNoMoreAttachmentsThanTheLimit) {
  std::string raw = head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  const std::string one = "--b\r\nContent-Type: image/jpeg\r\n\r\nx\r\n";
  const auto most = parse_message(raw + repeated(one, limits::attachments));
  ASSERT_TRUE(most);
  EXPECT_EQ(most->attachments.size(), limits::attachments);
  EXPECT_TRUE(most->problems.empty());
  const auto more = parse_message(raw + repeated(one, limits::attachments + 2));
  ASSERT_TRUE(more);
  EXPECT_EQ(more->attachments.size(), limits::attachments);
  ASSERT_EQ(more->problems.size(), 1u);
  EXPECT_EQ(more->problems[0].why, Why::over_limit);
}

TEST(Message, OpensAForwardedMessageAndTakesItsAttachments) {
  const std::string inner =
      with_part("Content-Disposition: attachment; filename=\"登记表.doc\"\r\n");
  const auto plain =
      parse_message(head +
                    "Content-Type: multipart/mixed; boundary=f\r\n\r\n--f\r\n\r\n转发\r\n--f\r\n"
                    "Content-Type: message/rfc822; name=\"a.eml\"\r\n\r\n" +
                    inner + "\r\n--f--\r\n");
  ASSERT_TRUE(plain);
  ASSERT_EQ(plain->attachments.size(), 1u);
  EXPECT_EQ(plain->attachments[0].name, "登记表.doc");
  EXPECT_EQ(plain->attachments[0].bytes, "abc");
  EXPECT_EQ(plain->text, "转发");
}

TEST(Message, RefusesWhatIsOverTheLimits) {
  const auto why = [](const std::string& raw) {
    const auto message = parse_message(raw);
    return message ? "read" : message.reason().why == Why::over_limit ? "over" : "other";
  };
  const std::string value(limits::header_bytes, 'a');
  EXPECT_EQ(why(head + "X-A: " + value.substr(1) + "\r\n\r\n"), "read"s);
  EXPECT_EQ(why(head + "X-A: " + value + "a\r\n\r\n"), "over"s);
  EXPECT_EQ(why(head + repeated("X-A: " + value.substr(9) + "\r\n", 11) + "\r\n"), "over"s);
  EXPECT_EQ(why(repeated("A: b\r\n", limits::header_count) + "\r\n"), "read"s);
  EXPECT_EQ(why(repeated("A: b\r\n", limits::header_count + 1) + "\r\n"), "over"s);
  EXPECT_EQ(why(std::string(limits::message_bytes + 1, 'a')), "over"s);
  const std::string mixed = head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  EXPECT_EQ(why(mixed + repeated("--b\r\n\r\nx\r\n", limits::mime_parts)), "read"s);
  EXPECT_EQ(why(mixed + repeated("--b\r\n\r\nx\r\n", limits::mime_parts + 1)), "over"s);
  const std::string nested = "Content-Type: message/rfc822\r\n\r\n";
  EXPECT_EQ(why(head + repeated(nested, limits::mime_depth) + head + "\r\n"), "read"s);
  EXPECT_EQ(why(head + repeated(nested, 100'000) + head + "\r\n"), "over"s);
}

}  // namespace dengji
