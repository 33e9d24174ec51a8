#include "daemon/imap_text.hpp"

#include <gtest/gtest.h>

namespace dengji {
namespace {

TEST(InternalDate, IsSecondsSinceTheEpoch) {  // checked with date -u -d ... +%s
  EXPECT_EQ(read_internal_date("17-Jul-1996 02:44:25 -0700"), 837596665);
  EXPECT_EQ(read_internal_date("20-Aug-2018 09:30:00 +0800"), 1534728600);
  EXPECT_EQ(read_internal_date(" 1-Jan-1970 00:00:00 +0000"), 0);
  EXPECT_EQ(read_internal_date("1-jan-1970 00:30:00 +0030"), 0);
  EXPECT_EQ(read_internal_date("29-Feb-2020 23:59:60 +0000"), 1583020800);
}

TEST(InternalDate, IsNoneWhereItDoesNotExist) {
  for (const char* text :
       {"", "17-Jul-1996", "30-Feb-2020 00:00:00 +0000", "17-Xxx-1996 02:44:25 -0700",
        "17-Jul-1996 24:00:00 -0700", "17-Jul-1996 02:61:00 -0700", "17-Jul-1996 02:44:25 -07x0",
        "--1-Jul-1996 02:44:25 -0700", "17-Jul-1996 -2:44:25 -0700"})
    EXPECT_EQ(read_internal_date(text), std::nullopt) << text;
}

TEST(ModifiedUtf7, AgreesWithTheExamplesOfTheRfc) {  // RFC 3501 section 5.1.3
  EXPECT_EQ(modified_utf7("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
  EXPECT_EQ(modified_utf7("A & B"), "A &- B");
  EXPECT_EQ(modified_utf7("INBOX"), "INBOX");
  EXPECT_EQ(modified_utf7("已登记"), "&XfJ2e4uw-");
}

TEST(ModifiedUtf7, WritesCharactersBeyondTheFirstPlaneAsPairs) {
  EXPECT_EQ(modified_utf7("😀"), "&2D3eAA-");
}

TEST(ImapQuoted, EscapesAndDropsControls) {
  EXPECT_EQ(imap_quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_EQ(imap_quoted("x\r\nA1 DELETE y"), "\"xA1 DELETE y\"");
}

}  // namespace
}  // namespace dengji
