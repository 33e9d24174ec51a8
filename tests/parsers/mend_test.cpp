// Each of mimetic 0.9.8's known mistakes, and that it does not reach a Message.
#include "parsers/mend.hpp"

#include <gtest/gtest.h>

#include "parsers/message.hpp"
#include "tests/parsers/fixtures.hpp"

namespace dengji {

using namespace std::string_literals;

namespace {

const std::string head = "From: a@sender.example\r\nSubject: x\r\n";

std::string mixed(const std::string& boundary, const std::string& body) {
  return head + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n" + body;
}

std::string part(const std::string& name, const std::string& more, const std::string& body) {
  return "Content-Disposition: attachment; filename=\"" + name + "\"\r\n" + more + "\r\n" + body;
}

// "name=bytes" of each attachment.
std::vector<std::string> told(const std::string& raw) {
  const auto message = parse_message(raw);
  if (!message) return {message.reason().detail};
  std::vector<std::string> out;
  for (const Attachment& each : message->attachments) out.push_back(each.name + "=" + each.bytes);
  return out;
}

std::string subject(const std::string& raw) {
  const auto message = parse_message(raw);
  return message ? message->subject : message.reason().detail;
}

using Told = std::vector<std::string>;

}  // namespace

TEST(Mend, FindsTheHeaderBehindWhatStandsBeforeIt) {
  for (const char* before : {"\xEF\xBB\xBF", "From a@b.example Sat Aug 25 14:56:57 2018\r\n",
                             "\r\n\r\n", " folded without a field\r\n", ">From x\n"}) {
    EXPECT_EQ(subject(before + head + "\r\nbody"), "x") << before;
  }
}

TEST(Mend, TakesEveryLineEnd) {
  EXPECT_EQ(subject("From: a@b.example\nSubject: x\n\nbody"), "x");
  EXPECT_EQ(subject("From: a@b.example\r\r\nSubject: x\r\r\n\r\r\nbody"), "x");
  EXPECT_EQ(subject("From: a@b.example\rSubject: x\r\rbody"), "x");
}

TEST(Mend, PassesOverALineWithoutAColon) {
  EXPECT_EQ(subject("From: a@b.example\r\nthis is no field\r\nSubject: x\r\n\r\nbody"), "x");
  EXPECT_EQ(subject("From: a@b.example\r\n: no name\r\nSubject : x\r\n\r\nbody"), "x");
}

TEST(Mend, KeepsPartsWhoseBoundariesEndInBlanks) {
  EXPECT_EQ(told(mixed("b", "--b  \r\n" + part("a", "", "1") + "\r\n--b\t\r\n" +
                                part("c", "", "2") + "\r\n--b-- \r\n")),
            (Told{"a=1", "c=2"}));
}

TEST(Mend, TellsABoundaryFromOneThatBeginsLikeIt) {
  const std::string inner = "Content-Type: multipart/mixed; boundary=\"bb\"\r\n\r\n--bb\r\n" +
                            part("a", "", "1") + "\r\n--bb--\r\n";
  EXPECT_EQ(told(mixed("b", "--b\r\n" + inner + "--b\r\n" + part("c", "", "--bc") + "\r\n--b--")),
            (Told{"a=1", "c=--bc"}));
}

TEST(Mend, TakesWordsBehindABoundaryForNothing) {  // RFC 2046 5.1.1
  EXPECT_EQ(told(mixed("b", "--b of the first part\r\n" + part("a", "", "1\r\n--bc") +
                                "\r\n--b-- and no more\r\n" + part("c", "", "2"))),
            Told{"a=1\r\n--bc"});
}

TEST(Mend, TakesBoundariesOfAnyLength) {
  const std::string boundary(500, 'x');
  EXPECT_EQ(told(mixed(boundary, "--" + boundary + "\r\n" + part("a", "", "1") + "\r\n--" +
                                     boundary + "y\r\n--" + boundary + "--")),
            Told{"a=1\r\n--" + boundary + "y"});
}

TEST(Mend, TakesAMultipartWithoutPartsForAText) {
  const auto text = [](const std::string& raw) {
    const auto message = parse_message(raw);
    return message ? message->text : message.reason().detail;
  };
  EXPECT_EQ(text(mixed("b", "请查收\r\n")), "请查收\n");
  EXPECT_EQ(text(mixed("b", "请查收\r\n--b--\r\n")), "请查收\n--b--\n");
  EXPECT_EQ(text(mixed("b", "请查收\r\n-----Original Message-----\r\nFrom: x\r\n")),
            "请查收\n-----Original Message-----\nFrom: x\n");
  const std::string inner = "Content-Type: multipart/alternative; boundary=i\r\n\r\n请查收";
  EXPECT_EQ(text(mixed("b", "--b\r\n" + inner + "\r\n--b--\r\n")), "请查收");
  EXPECT_EQ(told(mixed("b", "--b\r\n" + inner + "\r\n--b\r\n" + part("a", "", "1") + "\r\n--b--")),
            Told{"a=1"});
}

TEST(Mend, OpensTheMessagesOfADigest) {  // RFC 2046 5.1.5
  const std::string digest = head + "Content-Type: multipart/digest; boundary=d\r\n\r\n";
  const std::string inner = mixed("i", "--i\r\n" + part("a", "", "1") + "\r\n--i--\r\n");
  EXPECT_EQ(told(digest + "--d\r\n\r\n" + inner + "\r\n--d--\r\n"), Told{"a=1"});
  EXPECT_EQ(told(digest + "--d\r\nContent-Type: image/gif\r\n\r\nGIF\r\n--d--"), Told{"=GIF"});
}

TEST(Mend, ClosesWhatWasLeftOpen) {
  const std::string inner = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n";
  EXPECT_EQ(
      told(mixed("b", "--b\r\n" + inner + part("a", "", "1") + "\r\n--b\r\n" + part("c", "", "2"))),
      (Told{"a=1", "c=2"}));
}

TEST(Mend, LetsNoBodyForgeABoundary) {
  const std::string raw = mixed("b", "--b\r\n" + part("a", "", "1") + "\r\n--b--\r\n");
  const auto mended = mend(raw);
  ASSERT_TRUE(mended);
  const std::size_t at = mended->rfind("boundary=\"") + 10;
  const std::string ours = mended->substr(at, mended->find('"', at) - at);
  const std::string forged =
      mixed("b", "--b\r\n" + part("a", "", "1\r\n--" + ours + "\r\n2") + "\r\n--b--\r\n");
  EXPECT_EQ(told(forged), (Told{"a=1\r\n--" + ours + "\r\n2"}));
}

TEST(Mend, GuessesABoundaryThatIsNotNamed) {
  EXPECT_EQ(told(head + "Content-Type: multipart/mixed\r\n\r\n--bound\r\n" + part("a", "", "1") +
                 "\r\n--bound--\r\n"),
            Told{"a=1"});
  EXPECT_EQ(told(mixed("lost", "--bound\r\n" + part("a", "", "1") + "\r\n--bound--\r\n")),
            Told{"a=1"});
}

TEST(Mend, ReadsMalformedContentTypes) {
  EXPECT_EQ(told(head + "Content-Type: multipart/mixed boundary=b\r\n\r\n--b\r\n" +
                 part("a", "", "1") + "\r\n--b--\r\n"),
            Told{"a=1"});
  EXPECT_EQ(told(mixed("b", "--b\r\nContent-Type: image; name=\"a.jpg\"\r\n\r\n1\r\n--b--")),
            Told{"a.jpg=1"});
  EXPECT_EQ(told(mixed("b", "--b\r\nContent-Type: ; name=a.jpg\r\n\r\n1\r\n--b--")),
            Told{"a.jpg=1"});
}

TEST(Mend, DecodesTransferEncodings) {
  const auto body = [](const std::string& encoding, const std::string& text) {
    return told(mixed("b", "--b\r\n" +
                               part("a", "Content-Transfer-Encoding: " + encoding + "\r\n", text) +
                               "\r\n--b--\r\n"));
  };
  EXPECT_EQ(body("base64", "MTIz"), Told{"a=123"});
  EXPECT_EQ(body("BASE64 ", "MT\r\nIz\r\n"), Told{"a=123"});
  EXPECT_EQ(body("base64", "MTI=MTI=\r\nMw"), Told{"a=12123"});
  EXPECT_EQ(body("base64", "!MTIz*"), Told{"a=123"});
  EXPECT_EQ(body("quoted-printable", "a=3D=\r\nb  \r\nc=0D=0A=ZZ"), Told{"a=a=b\r\nc\r\n=ZZ"});
  EXPECT_EQ(body("binary", "a\r\nb\n"s + '\0' + "\r"), Told{"a=a\r\nb\n"s + '\0' + "\r"});
  EXPECT_EQ(body("x-unknown", "MTIz"), Told{"a=MTIz"});
}

TEST(Mend, OpensAnEncodedMessage) {
  // base64 of a message with one attachment "b.doc" that holds "abc".
  const std::string inner = mixed("i", "--i\r\n" + part("b.doc", "", "abc") + "\r\n--i--\r\n");
  std::string coded;
  for (const char c : inner) {
    const char* digits = "0123456789ABCDEF";
    coded += {'=', digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]};
    if (coded.size() % 76 == 72) coded += "=\r\n";
  }
  const std::string type = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: ";
  EXPECT_EQ(told(mixed("b", "--b\r\n" + type + "quoted-printable\r\n\r\n" + coded + "\r\n--b\r\n" +
                                part("c", "", "2") + "\r\n--b--")),
            (Told{"b.doc=abc", "c=2"}));
  EXPECT_EQ(
      told(mixed("b", "--b\r\n" + type + "base64\r\n\r\n" +
                          "RnJvbTogYUBiLmV4YW1wbGUKQ29udGVudC1EaXNwb3NpdGlvbjogYXR0YWNobWVu\r\n"
                          "dDsgZmlsZW5hbWU9ZC5kb2MKCmFiYw==\r\n--b--")),
      Told{"d.doc=abc"});
  EXPECT_EQ(told(mixed("b", "--b\r\nContent-Disposition: attachment; filename=e.doc\r\n" + type +
                                "base64\r\n\r\n0M8R4KGxGuE=\r\n--b--")),
            Told{"e.doc=\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"});
}

TEST(Mend, HasNoMessageInBytesWithoutAHeader) {
  EXPECT_EQ(mend("").reason().why, Why::empty);
  EXPECT_EQ(mend("no header at all\r\n\r\nbody").reason().why, Why::damaged);
  EXPECT_EQ(mend(std::string(1000, '\0')).reason().why, Why::damaged);
}

TEST(Mend, RefusesEndlessNestingInsideEncodedMessages) {
  std::string inner = head + "\r\nbody";
  for (int i = 0; i < 25; ++i) {
    std::string quoted;
    for (const char c : inner) quoted += c == '=' ? "=3D" : std::string(1, c);
    inner = head +
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
            quoted;
  }
  EXPECT_EQ(mend(inner).reason().why, Why::over_limit);
}

}  // namespace dengji
