#include "parsers/authentication.hpp"

#include <gtest/gtest.h>

#include "parsers/limits.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

using Words = std::vector<std::string>;

std::vector<Authentication> read(const std::string& header) {
  const auto message = parse_message(header + "From: a@b.example\r\n\r\ntext");
  return message ? message->authentications : std::vector<Authentication>{};
}
Words domains(const std::string& value) {
  const auto all = read("Authentication-Results: " + value + "\r\n");
  return all.size() == 1 ? all[0].domains : Words{"not one field"};
}

TEST(Authentication, TellsWhoPassed) {
  EXPECT_EQ(domains("mx.office.example; none"), Words{});
  EXPECT_EQ(domains("mx.office.example; dkim=pass header.d=company.example"),
            Words{"company.example"});
  EXPECT_EQ(
      domains("mx.office.example 1;\r\n\tdkim=pass (1024-bit key; unprotected) "
              "header.i=@Company.Example header.s=s1;\r\n spf = pass smtp.mailfrom = "
              "\"li@mail.example\"; dmarc=pass (p=none dis=none) header.from=company.example"),
      (Words{"company.example", "mail.example", "company.example"}));
  EXPECT_EQ(domains("mx; spf=fail smtp.mailfrom=a@b.example; dkim=none; dmarc=fail "
                    "header.from=b.example; dkim=temperror header.d=b.example"),
            Words{});
  EXPECT_EQ(domains("mx; auth=pass smtp.auth=li; dkim=pass; x-dkim=pass header.d=b.example"),
            Words{});
  EXPECT_EQ(domains("mx; dkim=fail (dkim=pass header.d=b.example)"), Words{});
}

TEST(Authentication, TellsWhichServersStandAbove) {
  const auto all = read(
      "Received: from mx.office.example (mx [10.0.0.1]) by store.office.example with LMTP; "
      "Mon, 20 Aug 2018 09:30:00 +0800\r\n"
      "Received: from out.company.example by MX.office.example; Mon, 20 Aug 2018 09:29:59 +0800\r\n"
      "Authentication-Results: mx.office.example; spf=pass smtp.mailfrom=company.example\r\n"
      "Received: (qmail 7 invoked by uid 1)\r\n"
      "Authentication-Results: mx.office.example; dkim=pass header.d=forged.example\r\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].server, "mx.office.example");
  EXPECT_EQ(all[0].by, (Words{"store.office.example", "mx.office.example"}));
  EXPECT_EQ(all[1].by.size(), 3u);
  EXPECT_EQ(all[1].by[2], "");
}

TEST(Authentication, StopsAtItsLimits) {
  std::string many;
  for (std::size_t i = 0; i < 2 * limits::authentications; ++i)
    many += "Authentication-Results: mx; none\r\n";
  EXPECT_EQ(read(many).size(), limits::authentications);
  std::string far;
  for (std::size_t i = 0; i < limits::received; ++i) far += "Received: by mx\r\n";
  EXPECT_TRUE(read(far + "Authentication-Results: mx; none\r\n").empty());
  std::string long_one = "mx";
  for (int i = 0; i < 100; ++i) long_one += "; dkim=pass header.d=b.example";
  EXPECT_EQ(domains(long_one).size(), limits::authentications - 1);
  EXPECT_EQ(domains("mx; spf=pass smtp.mailfrom=" + std::string(90'000, ' ') + "b.example"),
            Words{"b.example"});
}

TEST(Authentication, TakesWhateverStandsThere) {
  for (const char* odd : {"", ";", ";;;", "(", "((((", ")", "\\", "=", "= = =", "mx;=",
                          "mx; dkim=pass "
                          "header.d=",
                          "\"", "mx; dkim=pass header.i=@"})
    EXPECT_EQ(domains(odd), Words{}) << odd;
}

}  // namespace
}  // namespace dengji
