#include "parsers/header.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "parsers/limits.hpp"

namespace dengji {

TEST(DecodeHeader, JoinsAdjacentWordsAsBytes) {
  EXPECT_EQ(decode_header("=?UTF-8?B?55k=?= =?UTF-8?B?u+iusA==?="), "登记");
  EXPECT_EQ(decode_header("=?gbk?Q?=B5?=\t=?gbk?Q?=C7?="), "登");
  EXPECT_EQ(decode_header("=?utf-8?B?55m7?= and =?gb2312?B?tce8xw==?="), "登 and 登记");
  EXPECT_EQ(decode_header("=?gbk?q?a_b?= =?utf-8*zh?b?55m7?="), "a b登");
}

TEST(DecodeHeader, TakesRawTextOfAnyCharset) {
  EXPECT_EQ(decode_header("登记表"), "登记表");
  EXPECT_EQ(decode_header("\xB5\xC7\xBC\xC7\xB1\xED"), "登记表");
  EXPECT_EQ(decode_header("plain =?broken =?x?y?z?="), "plain =?broken =?x?y?z?=");
}

TEST(DecodeHeader, StaysLinear) {
  std::string open;
  while (open.size() < limits::header_bytes) open += "=?a?q? ";
  const std::clock_t start = std::clock();
  EXPECT_FALSE(decode_header(open).empty());
  EXPECT_EQ(read_parametered(std::string(limits::header_bytes, ' ') + "a").value, "a");
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
}

TEST(Parameters, AreReadWhereverTheyStand) {
  const Parametered type = read_parametered("Text/Plain; charset=\"GB2312\" ;; format=flowed");
  EXPECT_EQ(type.value, "text/plain");
  EXPECT_EQ(type.param("charset"), "GB2312");
  EXPECT_EQ(type.param("format"), "flowed");
  EXPECT_EQ(type.param("absent"), "");
  EXPECT_EQ(read_parametered("multipart/mixed boundary=\"a b\"").param("boundary"), "a b");
  EXPECT_EQ(read_parametered("boundary=x").param("boundary"), "x");
}

TEST(Parameters, AreLimited) {
  std::string many = "a/b", segments = "a/b";
  for (int i = 0; i < 600; ++i) {
    many += "; p" + std::to_string(i) + "=x";
    segments += "; name*" + std::to_string(i) + "=" + (i < 500 ? "x" : "y");
  }
  EXPECT_EQ(read_parametered(many).param("p499"), "x");
  EXPECT_EQ(read_parametered(many).param("p500"), "");
  EXPECT_EQ(read_parametered(segments).param("name"), std::string(500, 'x'));
}

TEST(DecodeHeader, LeavesAWordOverTheLimitAsItIs) {
  const std::string word = "=?utf-8?q?" + std::string(10'000, 'a') + "?=";
  EXPECT_EQ(decode_header(word), word);
  EXPECT_EQ(decode_header("=?utf-8?q?" + std::string(9'998, 'a') + "?="), std::string(9'998, 'a'));
}

TEST(Parameters, AreTextWhateverTheTypeIs) {
  EXPECT_EQ(read_parametered("Image/\xB5\xC7; a=b").value, "image/登");
  EXPECT_EQ(read_parametered("image/\xFF").value, "image/\uFFFD");
}

TEST(Addresses, AreReadWithCommentsQuotesAndGroups) {
  const auto all = read_addresses(
      "\"Li, Si\" <li@a.example>, b@b.example (=?UTF-8?B?55m7?=), team: c@c.example, "
      "<@route:d@d.example>; \xB5\xC7 <e@e.example>, (comment (nested)) f@f.example",
      10);
  ASSERT_EQ(all.size(), 6u);
  EXPECT_EQ(all[0].name, "Li, Si");
  EXPECT_EQ(all[0].address, "li@a.example");
  EXPECT_EQ(all[1].name, "登");
  EXPECT_EQ(all[1].address, "b@b.example");
  EXPECT_EQ(all[2].address, "c@c.example");
  EXPECT_EQ(all[3].address, "d@d.example");
  EXPECT_EQ(all[4].name, "登");
  EXPECT_EQ(all[5].address, "f@f.example");
  EXPECT_EQ(read_addresses("a@a.example, b@b.example, c@c.example", 2).size(), 2u);
  EXPECT_TRUE(read_addresses("<>", 10).empty());
}

TEST(Addresses, AreReadAsProgramsWriteThem) {
  const auto told = [](const std::string& raw) {
    std::string out;
    for (const Address& each : read_addresses(raw, 10)) out += each.name + "|" + each.address + ";";
    return out;
  };
  EXPECT_EQ(told("undisclosed-recipients:;"), "");
  EXPECT_EQ(told("办公室: a@a.example, 李四 <b@b.example>;, c@c.example"),
            "|a@a.example;李四|b@b.example;|c@c.example;");
  EXPECT_EQ(told("\"=?gb2312?B?tce8x7Ht?=\" <a@a.example>"), "登记表|a@a.example;");
  EXPECT_EQ(told("=?utf-8?Q?=E7=99=BB,_?= =?utf-8?Q?=E8=AE=B0?= <a@a.example>"),
            "登, 记|a@a.example;");
  EXPECT_EQ(told("\"a@a.example\" <a@a.example>"), "a@a.example|a@a.example;");
  EXPECT_EQ(told("a@a.example <a@a.example>"), "a@a.example|a@a.example;");
  EXPECT_EQ(told("<a@a.example>;<b@b.example>"), "|a@a.example;|b@b.example;");  // Foxmail
  EXPECT_EQ(told("a@a.example(\"\\)\") , b@b.example ((x) y)"),
            "\"\\)\"|a@a.example;(x) y|b@b.example;");
  EXPECT_EQ(told("\"Li \\\"Si\\\"\" <a@a.example>"), "Li \"Si\"|a@a.example;");
  EXPECT_EQ(told("a @ a.example"), "|a@a.example;");
  EXPECT_EQ(told("\x81\x5C\xB5\xC7 <a@a.example>"), "乗登|a@a.example;");
  EXPECT_EQ(told("<a@a.example"), "|a@a.example;");
  EXPECT_EQ(told("李四"), "李四|;");
  EXPECT_EQ(told(",,;, <>"), "");
}

TEST(Addresses, AreLimited) {
  std::string to = "To: x@x.example";
  for (std::size_t i = 0; i < limits::addresses; ++i) to += ", x@x.example";
  const auto message = parse_message(to + "\r\nFrom: a@b.example\r\n\r\n");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->to.size(), limits::addresses);
  ASSERT_EQ(message->problems.size(), 1u);
  EXPECT_EQ(message->problems[0].why, Why::over_limit);
}

TEST(AddrSpec, IsStrict) {
  for (const char* right : {"a@b.example", "a.b+c_d@x-y.example", "123@localhost"}) {
    EXPECT_TRUE(is_addr_spec(right)) << right;
  }
  for (const char* wrong :
       {"", "a", "@b.example", "a@", "a@b@c.example", "a b@c.example", "a\r\nRCPT TO:<x>@b.example",
        "<a@b.example>", "\"a b\"@c.example", ".a@b.example", "a..b@c.example", "a@-b.example",
        "a@b..example", "登@b.example"}) {
    EXPECT_FALSE(is_addr_spec(wrong)) << wrong;
  }
  EXPECT_FALSE(is_addr_spec(std::string(250, 'a') + "@b.example"));
}

TEST(MailDate, ReadsWhatProgramsWrite) {
  EXPECT_EQ(read_mail_date("Sat, 25 Aug 2018 14:57:01 +0800"), "2018-08-25T14:57:01+08:00");
  EXPECT_EQ(read_mail_date("25 Aug 2018 14:57 GMT"), "2018-08-25T14:57:00+00:00");
  EXPECT_EQ(read_mail_date("Sat, 5 Aug 18 04:07:01 -0330 (comment)"), "2018-08-05T04:07:01-03:30");
  EXPECT_EQ(read_mail_date("Sat, 25 Aug 2018 14:57:01 CST"), "2018-08-25T14:57:01+08:00");
  for (const char* wrong : {"", "yesterday", "25 Foo 2018 14:57:01", "99 Aug 2018 14:57:01 +0800",
                            "25 Aug 2018 25:57:01 +0800", "25 Aug 2018"}) {
    EXPECT_EQ(read_mail_date(wrong), "") << wrong;
  }
}

}  // namespace dengji
