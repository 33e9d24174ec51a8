#include "daemon/curl.hpp"

#include <gtest/gtest.h>

namespace dengji {
namespace {

TEST(ServerUrl, IsReadIntoItsParts) {
  const auto url = parse_server_url("imaps://imap.office.example:1993/%E5%B7%B2%E7%99%BB%E8%AE%B0");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "imaps");
  EXPECT_EQ(url->host, "imap.office.example");
  EXPECT_EQ(url->port, "1993");
  EXPECT_EQ(url->path, "已登记");
  EXPECT_EQ(parse_server_url("smtp://mx.office.example")->path, "");
}

TEST(ServerUrl, IsNoneWhereItNamesNoServerOrAPassword) {
  for (const char* text :
       {"", "imap.office.example", "imaps://", "imaps://u:secret@mail.example/", "imaps://a b/"})
    EXPECT_FALSE(parse_server_url(text)) << text;
}

TEST(Loopback, IsThisMachineOnly) {
  for (const char* host : {"localhost", "127.0.0.1", "127.3.2.1", "[::1]", "::1"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const char* host : {"128.0.0.1", "localhost.example", "127.0.0.1.example", "::2", "", "127"})
    EXPECT_FALSE(is_loopback(host)) << host;
}

}  // namespace
}  // namespace dengji
