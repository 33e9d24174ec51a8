#include "parsers/transfer.hpp"

#include <gtest/gtest.h>

namespace dengji {

using namespace std::string_literals;

TEST(Base64, AgreesWithThePublishedVectors) {  // RFC 4648 10
  for (const auto& [coded, plain] : {std::pair{"", ""},
                                     {"Zg==", "f"},
                                     {"Zm8=", "fo"},
                                     {"Zm9v", "foo"},
                                     {"Zm9vYg==", "foob"},
                                     {"Zm9vYmE=", "fooba"},
                                     {"Zm9vYmFy", "foobar"}}) {
    EXPECT_EQ(decode_base64(coded), plain);
  }
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(
      decode_base64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4"
                    "OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3Bx"
                    "cnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmq"
                    "q6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj"
                    "5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/w=="),
      all);
}

TEST(Base64, ForgivesWhatMailDoesToIt) {
  EXPECT_EQ(decode_base64("Zm9v\r\nYmFy\r\n"), "foobar");
  EXPECT_EQ(decode_base64("Zm 9v\tYm*Fy"), "foobar");
  EXPECT_EQ(decode_base64("Zm9vYg"), "foob");          // no padding
  EXPECT_EQ(decode_base64("Zg==Zm8=Zm9v"), "ffofoo");  // put end to end
  EXPECT_EQ(decode_base64("=Zm9v==="), "foo");
  EXPECT_EQ(decode_base64("Zm9vY"), "foo");  // a digit alone makes no byte
  EXPECT_EQ(decode_base64("====\0\xFF"s), "");
}

TEST(QuotedPrintable, KeepsLineEndsAsTheyAre) {
  EXPECT_EQ(decode_quoted_printable("a=3D=\r\nb  \r\nc=0D=0A=ZZ"), "a=b\r\nc\r\n=ZZ");
  EXPECT_EQ(decode_quoted_printable("a\nb\r\n"), "a\nb\r\n");
  EXPECT_EQ(decode_quoted_printable("a= \t\r\nb=\nc="), "abc");
  EXPECT_EQ(decode_quoted_printable("=e7=99=BB"), "登");
}

TEST(Percent, LeavesAloneWhatIsNone) {
  EXPECT_EQ(decode_percent("%E7%99%BB 100% %4"), "登 100% %4");
}

TEST(Transfer, KnowsEncodingsByTheirLetters) {
  for (const char* name : {"base64", "BASE64 ", " Base-64;", "\"base64\""}) {
    EXPECT_EQ(decode_transfer("Zm9v", name), "foo") << name;
  }
  for (const char* name : {"quoted-printable", "Quoted-Printable ", "quotedprintable"}) {
    EXPECT_EQ(decode_transfer("=41", name), "A") << name;
  }
  for (const char* name : {"x-uuencode", "uuencode", "X-UUE"}) {
    EXPECT_EQ(decode_transfer("begin 644 a\n#0V%T\n`\nend\n", name), "Cat") << name;
  }
  for (const char* name : {"", "7bit", "8bit", "binary", "x-unknown"}) {
    EXPECT_EQ(decode_transfer("=41Zm9v", name), "=41Zm9v") << name;
  }
}

}  // namespace dengji
