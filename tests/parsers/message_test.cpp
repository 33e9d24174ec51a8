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

TEST(Message, OneChineseNameInManyEncodingsIsOneName) {
  const std::string gbk = "\xB5\xC7\xBC\xC7\xB1\xED.doc";
  const std::string disposition = "Content-Disposition: attachment;\r\n\t";
  const std::vector<std::string> headers{
      disposition + "filename=\"登记表.doc\"\r\n",
      disposition + "filename=\"" + gbk + "\"\r\n",
      disposition + "filename=" + gbk + "\r\n",
      disposition + "filename=\"=?UTF-8?B?55m76K6w6KGoLmRvYw==?=\"\r\n",
      disposition + "filename=\"=?UTF-8?B?55m76K6w6KGoLmRvYw?=\"\r\n",
      disposition + "filename==?UTF-8?B?55m76K6w6KGoLmRvYw==?=\r\n",
      disposition + "filename=\"=?utf-8?Q?=E7=99=BB=E8=AE=B0=E8=A1=A8=2Edoc?=\"\r\n",
      disposition + "filename=\"=?gb2312?B?tce8x7HtLmRvYw==?=\"\r\n",
      disposition + "filename=\"=?GBK?Q?=B5=C7=BC=C7=B1=ED.doc?=\"\r\n",
      disposition + "filename=\"=?gb18030?B?tce8?=\r\n =?gb18030?B?x7HtLmRvYw==?=\"\r\n",
      disposition + "filename=\"=?UTF-8?B?55m?=\r\n =?UTF-8?B?76K6w6KGoLmRvYw==?=\"\r\n",
      disposition + "filename=\"=?UTF-8?B?55k=?=\r\n =?UTF-8?B?u+iusOihqC5kb2M=?=\"\r\n",
      disposition + "filename*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n",
      disposition + "filename*=gbk'zh-cn'%B5%C7%BC%C7%B1%ED.doc\r\n",
      disposition + "filename*=\"utf-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\"\r\n",
      disposition + "filename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E8;\r\n\tfilename*1*=%A1%A8.doc\r\n",
      disposition + "filename*1*=%A1%A8.doc;\r\n\tfilename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E8\r\n",
      disposition + "filename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E;\r\n\tfilename*1*=8%A1%A8.doc\r\n",
      disposition + "filename*0*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8;\r\n\tfilename*1=.doc\r\n",
      disposition + "filename=\"???.doc\"; filename*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n",
      disposition + "filename=\"%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\"\r\n",
      disposition + "filename=\"C:\\My Documents\\登记表.doc\"\r\n",
      disposition + "filename*0=\"=?UTF-8?B?55m76K6w\";\r\n\tfilename*1=\"6KGoLmRvYw==?=\"\r\n",
      "Content-Type: application/msword; name=\"=?gb2312?B?tce8x7HtLmRvYw==?=\"\r\n",
      "Content-Type: application/msword;\r\n\tname*=UTF-8''%E7%99%BB%E8%AE%B0%E8%A1%A8.doc\r\n",
      "Content-Type: application/msword name=登记表.doc\r\n",
      "Content-Type: text/plain; name=\"登记表.doc\"\r\nContent-Disposition: inline\r\n",
  };
  for (const std::string& header : headers) EXPECT_EQ(name_of(header), "登记表.doc") << header;
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
