#include "daemon/limit_words.hpp"

#include <gtest/gtest.h>

#include "ocr/page.hpp"
#include "ocr/page_source.hpp"
#include "parsers/container.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

std::string words(const std::string& detail) { return limit_words({Why::over_limit, detail}); }

std::string words_of_mail(const std::string& raw) {
  const auto message = parse_message(raw);
  if (!message) return limit_words(message.reason());
  return message->problems.empty() ? "read" : limit_words(message->problems.at(0));
}

std::string repeated(std::size_t times, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string parts(std::size_t count, const std::string& header) {
  return "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
         repeated(count, "--b\r\n" + header + "\r\nx\r\n") + "--b--\r\n";
}

Attachment pdf(std::size_t pages, int side) {
  std::string kids, objects;
  for (std::size_t i = 0; i < pages; ++i) {
    const std::string number = std::to_string(3 + i);
    kids += number + " 0 R ";
    objects += number + " 0 obj<</Type/Page/Parent 2 0 R>>endobj\n";
  }
  const std::string box = "0 0 " + std::to_string(side) + " 100";
  return make_attachment("a.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" +
                                      objects + "2 0 obj<</Type/Pages/Count " +
                                      std::to_string(pages) + "/MediaBox[" + box + "]/Kids[" +
                                      kids + "]>>endobj\ntrailer<</Root 1 0 R>>\n");
}

std::string words_of_pages(const Attachment& file) {
  const auto pages = Pages::open(file);
  if (!pages) return limit_words(pages.reason());
  const auto page = pages->read(pages->count());
  return page ? "read" : limit_words(page.reason());
}

TEST(LimitWords, NameWhatPagesAreOver) {
  EXPECT_EQ(words_of_pages(pdf(limits::picture_pages, 2000)), "read");
  EXPECT_EQ(words_of_pages(pdf(limits::picture_pages + 1, 100)), "图片或PDF超过20页");
  EXPECT_EQ(words_of_pages(pdf(1, 2001)), "PDF页面的边长超过2000点（约70厘米）");
}

TEST(LimitWords, NameWhatAMailIsOver) {
  EXPECT_EQ(words_of_mail("Subject: " + std::string(limits::header_bytes + 1, 'x') + "\r\n\r\n"),
            "邮件头有一项超过100KB");
  EXPECT_EQ(words_of_mail(repeated(limits::header_count + 1, "X-A: b\r\n") + "\r\n"),
            "邮件头超过1000项");
  EXPECT_EQ(words_of_mail(repeated(20, "X-A: " + std::string(60'000, 'x') + "\r\n") + "\r\n"),
            "邮件头超过1MB");
  EXPECT_EQ(words_of_mail(parts(limits::mime_parts + 1, "")), "邮件的组成部分超过200个");
  EXPECT_EQ(words_of_mail(parts(limits::attachments + 1,
                                "Content-Disposition: attachment; filename=a.txt\r\n")),
            "附件超过30个，其余的没有读取");
  EXPECT_EQ(words_of_mail("To: " + repeated(limits::addresses + 1, "a@b.example, ") +
                          "c@d.example\r\n\r\nx\r\n"),
            "收件人超过100个，其余的没有读取");
}

TEST(LimitWords, NameEachOtherLimit) {
  EXPECT_EQ(limit_words(*too_large(65'000, 65'000)), "图片的像素过多，请缩小后重新发送");
  EXPECT_EQ(words("21 pages"), "图片或PDF超过20页");
  EXPECT_EQ(words("PDF with too many pages"), "PDF超过20页");
  EXPECT_EQ(words("too many styles"), "表格文件的工作表、样式或文字过多");
  EXPECT_EQ(words("containers nested over 2 levels deep"), "压缩包嵌套超过2层");
  EXPECT_EQ(limit_words({Why::empty, "the reading child died"}),
            "读取时内存或处理时间用尽，或程序出错");
  EXPECT_EQ(words("elements nested too deep"), "文件内部嵌套超过256层");
  EXPECT_EQ(words("inflates beyond the limit"), "压缩包解开后超过100MB，或压缩比异常");
}

TEST(LimitWords, HaveGeneralOnesForTheRest) {
  EXPECT_EQ(words("what nobody listed"), "文件过大或结构过于复杂");
  EXPECT_EQ(limit_words({Why::damaged, "no header"}), "内容已损坏");
}

}  // namespace
}  // namespace dengji
