// Pages of a real mail drawn by the confined child, and children that lie.
#include "daemon/page_render.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>

#include "ocr/page.hpp"
#include "ocr/picture_file.hpp"
#include "parsers/container.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

std::string sample_mail() {
  std::ifstream file(SOURCE_DIR "/etc/samples/01-website-complete.eml", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The first picture of the mail.
Attachment picture_of(const std::string& mail) {
  const auto message = parse_message(mail);
  for (auto& attachment : unpack(message->attachments))
    if (attachment.type == FileType::jpeg) return attachment;
  throw std::runtime_error("the sample holds no JPEG");
}

ReaderLimits limits() { return {std::chrono::seconds(60), {512, std::chrono::seconds(30)}}; }

TEST(PageRender, ShowsAPageInItsProportions) {
  const auto mail = sample_mail();
  const auto picture = picture_of(mail);
  const auto pixels = Pages::open(picture)->read(1)->pixels;
  ReaderProcess renderer(page_renderer(), limits());
  const auto page = render_page(renderer, mail, {picture.sha256, 1, 0, 500});
  ASSERT_TRUE(page) << page.reason().detail;
  EXPECT_EQ(std::max(page->width, page->height), 500);
  EXPECT_NEAR(static_cast<double>(page->width) / page->height,
              static_cast<double>(pixels.width) / pixels.height, 0.01);
  const auto shown = make_attachment("shown.jpg", page->jpeg);
  EXPECT_EQ(Pages::open(shown)->read(1)->pixels.width, page->width);
}

TEST(PageRender, TurnsAPage) {
  const auto mail = sample_mail();
  const auto picture = picture_of(mail);
  ReaderProcess renderer(page_renderer(), limits());
  const auto lying = render_page(renderer, mail, {picture.sha256, 1, 0, 300});
  const auto turned = render_page(renderer, mail, {picture.sha256, 1, -1, 300});
  ASSERT_TRUE(lying && turned);
  EXPECT_EQ(turned->width, lying->height);
  EXPECT_EQ(turned->height, lying->width);
}

TEST(PageRender, IsAtMostAsLargeAsThePage) {
  const auto mail = sample_mail();
  ReaderProcess renderer(page_renderer(), limits());
  const auto page = render_page(renderer, mail, {picture_of(mail).sha256, 1, 0, 1 << 30});
  ASSERT_TRUE(page);
  EXPECT_LE(std::max(page->width, page->height), picture_shown);
}

TEST(PageRender, SaysWhatIsNotThere) {
  const auto mail = sample_mail();
  ReaderProcess renderer(page_renderer(), limits());
  EXPECT_EQ(render_page(renderer, mail, {"0123", 1, 0, 500}).reason().why, Why::empty);
  EXPECT_EQ(render_page(renderer, mail, {picture_of(mail).sha256, 2, 0, 500}).reason().why,
            Why::empty);
  EXPECT_EQ(render_page(renderer, "", {"0123", 1, 0, 500}).reason().why, Why::empty);
}

TEST(PageRender, TakesNonsenseForDamage) {
  const std::string jpeg = "\xff\xd8\xff\xe0", nul(1, '\0');
  const std::array<std::string, 8> lies{
      "",
      "{}",
      "{}" + nul + jpeg,
      "[" + nul + jpeg,
      R"({"width":100,"height":501})" + nul + jpeg,
      R"({"width":0,"height":100})" + nul + jpeg,
      R"({"width":100,"height":100})" + nul + "<html>",
      R"({"why":99,"detail":""})" + nul,
  };
  for (const auto& lie : lies) {
    ReaderProcess liar([lie] { return [lie](std::string_view) { return lie; }; }, limits());
    const auto page = render_page(liar, "", {"", 1, 0, 500});
    ASSERT_FALSE(page) << lie;
    EXPECT_EQ(page.reason().detail, "the rendering child's answer is nonsense");
    EXPECT_FALSE(attachment_bytes(liar, "", "0123"));
  }
}

TEST(PageRender, GivesAnAttachmentAsItWasSent) {
  ReaderProcess renderer(page_renderer(), limits());
  const auto mail = sample_mail();
  const auto bytes = attachment_bytes(renderer, mail, picture_of(mail).sha256);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, picture_of(mail).bytes);
  EXPECT_FALSE(attachment_bytes(renderer, mail, "0123"));
}

}  // namespace
}  // namespace dengji
