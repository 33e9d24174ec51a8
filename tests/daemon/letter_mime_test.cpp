#include "daemon/letter_mime.hpp"

#include <gtest/gtest.h>

#include "parsers/message.hpp"

namespace dengji {

namespace {

// Each line of a header, without its CRLF.
std::vector<std::string> lines_of(const std::string& header) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  for (auto end = header.find("\r\n"); end != std::string::npos; end = header.find("\r\n", at)) {
    lines.push_back(header.substr(at, end - at));
    at = end + 2;
  }
  EXPECT_EQ(at, header.size()) << "a header ends with CRLF";
  return lines;
}

// The header's text with its folds undone.
std::string value_of(const std::string& header) {
  std::string value;
  for (const auto& line : lines_of(header)) value += line;
  return value.substr(value.find(": ") + 2);
}

TEST(TextHeader, LeavesPlainTextAsItIs) {
  EXPECT_EQ(text_header("Subject", "hello"), "Subject: hello\r\n");
}

TEST(TextHeader, EncodesAndComesBack) {
  for (const std::string text :
       {"回复：互联网平台登记材料（已登记）", "a", "=?UTF-8?B?eA==?=", "𠮷野家😀",
        "回复：一个很长的主题，里面有很多很多的字，长到一行放不下，两行也放不下，要分成好几个编码词"
        "才行，再长一点"}) {
    const auto header = text_header("Subject", text);
    EXPECT_EQ(decode_header(value_of(header)), text) << header;
    for (const auto& line : lines_of(header)) EXPECT_LE(line.size(), 76u) << line;
  }
}

TEST(TextHeader, SplitsBetweenCharactersNotInside) {
  const auto header =
      text_header("Subject", std::string(20, 'x') + "汉字汉字汉字汉字汉字汉字汉字汉字");
  std::size_t words = 0;
  for (const auto& line : lines_of(header)) {
    const auto word = line.substr(line.find("=?"));
    EXPECT_EQ(decode_header(word).find("\xef\xbf\xbd"), std::string::npos) << word;
    ++words;
  }
  EXPECT_GT(words, 1u);
}

TEST(TextHeader, NothingCanBeginAHeaderOfItsOwn) {
  for (const std::string text : {"a\r\nBcc: x@y.example", "a\nBcc: x@y.example", "字\r\n\r\nbody"})
    EXPECT_EQ(lines_of(text_header("Subject", text)).size(), 1u);
  EXPECT_EQ(text_header("Subject", std::string("a\0b", 3)), "Subject: a b\r\n");
}

TEST(AddressHeader, EncodesTheNameAndKeepsTheAddress) {
  const auto header =
      address_header("From", "邵阳市双清区互联网信息办公室", "shuangqing@wxb.example");
  EXPECT_EQ(decode_header(value_of(header)),
            "邵阳市双清区互联网信息办公室 <shuangqing@wxb.example>");
  EXPECT_EQ(address_header("To", "", "a@b.example"), "To: <a@b.example>\r\n");
}

TEST(IdHeader, LeavesOutWhatIsNoId) {
  EXPECT_EQ(id_header("References", {"<a@b>", "x", "<c d@e>", "<f@g>"}),
            "References: <a@b>\r\n <f@g>\r\n");
  EXPECT_EQ(id_header("References", {"nothing"}), "");
  EXPECT_EQ(id_header("In-Reply-To", {"<" + std::string(300, 'a') + "@b>"}), "");
}

TEST(MessageIds, AreFoundInAnyOrder) {
  EXPECT_EQ(message_ids("Your mail <a@b> of <c@d>\t<e@f"),
            (std::vector<std::string>{"<a@b>", "<c@d>"}));
  EXPECT_TRUE(message_ids("<a\r\nBcc: x@b>").empty());
  EXPECT_TRUE(message_ids("").empty());
}

TEST(FilePart, KeepsTheNameInBothWritings) {
  const std::string name = "一份名字特别特别长的登记表（网站、账号、论坛通用）；请“双击”打开.docx";
  const auto raw =
      "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
      "boundary=x\r\n\r\n--x\r\n" +
      text_part("正文\n") + "--x\r\n" +
      file_part(name, "application/octet-stream", std::string(1000, 'z')) + "--x--\r\n";
  for (const auto& line : lines_of(raw)) EXPECT_LE(line.size(), 78u) << line;
  const auto message = parse_message(raw);
  ASSERT_TRUE(message) << message.reason().detail;
  EXPECT_EQ(message->text.substr(0, 6), "正文");
  ASSERT_EQ(message->attachments.size(), 1u);
  EXPECT_EQ(message->attachments[0].name, name);
  EXPECT_EQ(message->attachments[0].bytes, std::string(1000, 'z'));
}

}  // namespace

}  // namespace dengji
