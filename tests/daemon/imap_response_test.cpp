#include "daemon/imap_response.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

struct EndOfBytes {};

// Gives `bytes` in pieces of at most `step`.
ImapReader::Source pieces(std::string bytes, std::size_t step) {
  return [bytes = std::move(bytes), step, at = std::size_t{0}](char* to, std::size_t room) mutable {
    if (at == bytes.size()) throw EndOfBytes();
    const std::size_t count = std::min({room, step, bytes.size() - at});
    bytes.copy(to, count, at);
    at += count;
    return count;
  };
}

ImapResponse read_one(const std::string& bytes) {
  return ImapReader(pieces(bytes, bytes.size())).next({});
}

TEST(ImapResponse, OfStatusHasCodeAndWords) {
  const ImapResponse response = read_one("* OK [UIDVALIDITY 3857529045] UIDs \"valid {3}\r\n");
  EXPECT_EQ(response.tag, "*");
  EXPECT_EQ(response.word, "OK");
  EXPECT_EQ(response.code, "UIDVALIDITY 3857529045");
  EXPECT_EQ(response.text, "UIDs \"valid {3}");
  EXPECT_TRUE(response.is_status());
  EXPECT_EQ(read_one("D12 no [TRYCREATE]\r\n").word, "NO");
  EXPECT_EQ(read_one("D12 BAD\r\n").text, "");
}

TEST(ImapResponse, OfDataHasNumberAndTokens) {
  const ImapResponse exists = read_one("* 23 EXISTS\r\n");
  EXPECT_EQ(exists.number, 23u);
  EXPECT_EQ(exists.word, "EXISTS");
  const ImapResponse list = read_one("* LIST (\\HasNoChildren) \"/\" \"a \\\"b\"\n");
  ASSERT_EQ(list.tokens.size(), 5u);
  EXPECT_EQ(list.tokens[1].text, "\\HasNoChildren");
  EXPECT_EQ(list.tokens[4].text, "a \"b");
}

TEST(ImapFetch, ReadsItsItemsInAnyOrder) {
  const auto fetch = read_fetch(read_one(
      "* 2 FETCH (FLAGS (\\Seen $Dengji) X-NEW (1 (2 \"3\")) INTERNALDATE \"20-Aug-2018 09:30:00 "
      "+0800\" rfc822.size 1234 BODY[HEADER.FIELDS (FROM)] \"x\" UID 18446744073709551615)\r\n"));
  ASSERT_TRUE(fetch);
  EXPECT_EQ(fetch->uid, "18446744073709551615");
  EXPECT_EQ(fetch->size, 1234u);
  EXPECT_EQ(fetch->received, 1534728600);
  EXPECT_EQ(fetch->flags, (std::vector<std::string>{"\\Seen", "$Dengji"}));
  EXPECT_FALSE(fetch->body);
}

TEST(ImapFetch, TellsAQuotedBodyFromNone) {
  EXPECT_EQ(read_fetch(read_one("* 1 FETCH (UID 4 BODY[] \"abc\")\r\n"))->body, "abc");
  EXPECT_EQ(read_fetch(read_one("* 1 FETCH (UID 4 BODY[] NIL)\r\n"))->body, std::nullopt);
}

TEST(ImapFetch, IsNoneForAMalformedList) {
  for (const char* text : {"* 1 FETCH\r\n", "* 1 FETCH UID 4\r\n", "* 1 FETCH ((UID) 4)\r\n",
                           "* 1 EXISTS\r\n", "* 1 FETCH (\"UID\" 4)\r\n"})
    EXPECT_FALSE(read_fetch(read_one(text))) << text;
}

struct Heard {
  std::string body, uid_before;
  std::vector<ImapResponse> responses;
};

Heard read_all(const std::string& bytes, std::size_t step) {
  Heard heard;
  ImapReader reader(pieces(bytes, step));
  const ImapReader::Body body = [&heard](const ImapResponse& so_far, std::uint64_t) {
    heard.uid_before = read_fetch(so_far)->uid;
    return [&heard](std::string_view piece) { heard.body += piece; };
  };
  try {
    while (true) heard.responses.push_back(reader.next(body));
  } catch (const EndOfBytes&) {
    return heard;
  }
}

const std::string mail = "Subject: a\r\n\r\n)\r\nD1 OK not the end {5}\r\n* BYE neither\r\n";
const std::string conversation =
    "* 5 EXISTS\r\n* 1 FETCH (UID 9 BODY[] {" + std::to_string(mail.size()) + "}\r\n" + mail +
    " INTERNALDATE \"20-Aug-2018 09:30:00 +0800\")\r\n* LIST () {1}\r\n/ {3}\r\na\"b\r\n"
    "D1 OK done\r\n";

TEST(ImapReader, GivesTheSameHoweverTheBytesAreCut) {
  for (std::size_t step = 1; step <= conversation.size(); ++step) {
    const Heard heard = read_all(conversation, step);
    ASSERT_EQ(heard.body, mail) << step;
    ASSERT_EQ(heard.uid_before, "9");
    ASSERT_EQ(heard.responses.size(), 4u);
    const auto fetch = read_fetch(heard.responses[1]);
    ASSERT_TRUE(fetch && fetch->streamed);
    EXPECT_EQ(fetch->received, 1534728600);
    EXPECT_EQ(heard.responses[2].tokens[3].text, "a\"b");
    EXPECT_EQ(heard.responses[3].tag, "D1");
  }
}

TEST(ImapReader, EndsWithoutAResponseAtEveryCut) {
  for (std::size_t length = 0; length < conversation.size(); ++length)
    EXPECT_LT(read_all(conversation.substr(0, length), 7).responses.size(), 4u) << length;
}

TEST(ImapReader, RefusesWhatIsTooLong) {
  const std::string endless = "* OK " + std::string(imap_line_bytes + 10, 'x');
  EXPECT_THROW(read_one(endless + "\r\n"), ImapSyntaxError);
  EXPECT_THROW(ImapReader(pieces(endless, 100)).next({}), ImapSyntaxError);
  EXPECT_THROW(read_one("* LIST {999999999}\r\n"), ImapSyntaxError);
  std::string many = "* LIST";
  for (std::size_t i = 0; i <= imap_literals; ++i) many += " {1}\r\nx";
  EXPECT_THROW(read_one(many + "\r\n"), ImapSyntaxError);
}

TEST(ImapReader, RefusesAQuotedStringWithoutEnd) {
  EXPECT_THROW(read_one("* LIST () \"abc\r\n"), ImapSyntaxError);
}

TEST(ImapReader, TakesAnythingWithoutHarm) {
  std::uint32_t random = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = conversation;
    for (int change = 0; change < 4; ++change) {
      random = random * 1664525 + 1013904223;
      bytes[(random >> 8) % bytes.size()] = static_cast<char>(random >> 24);
    }
    try {
      ImapReader reader(pieces(bytes, 50));
      const ImapReader::Body nobody = [](const ImapResponse&, std::uint64_t) {
        return ImapReader::Piece();
      };
      for (int response = 0; response < 100; ++response) read_fetch(reader.next(nobody));
      FAIL() << "more responses than there are bytes";
    } catch (const ImapSyntaxError&) {
    } catch (const EndOfBytes&) {
    }
  }
}

}  // namespace
}  // namespace dengji
