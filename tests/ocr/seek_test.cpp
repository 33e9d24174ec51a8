// What is read of a page, and what is left unread: on pages that tests/support/draw_pages.py drew.
#include "ocr/seek.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "ocr/certificate.hpp"
#include "ocr/signature.hpp"
#include "ocr/standing.hpp"
#include "parsers/message.hpp"
#include "tests/ocr/scans.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

class Seek : public testing::Test {
 protected:
  static Recogniser& recogniser() {
    static Recogniser loaded("");
    return loaded;
  }
  void open(const std::string& name, int quarters = 0) {
    open(test::page_of("read/" + name), quarters);
  }
  void open(Page page, int quarters = 0) {
    page_ = std::move(page);
    sheet_ = prepare(page_).turned(quarters);
    words_.emplace(sheet_, std::vector<Box>(), recogniser(), budget_);
  }
  std::size_t read() const { return words_->text().lines().size(); }

  Page page_;
  Sheet sheet_;
  Budget budget_{20};
  std::optional<Words> words_;
};

TEST_F(Seek, ReadsATitleAlone) {
  open("form.jpg");
  const auto title = read_titles(*words_);
  EXPECT_EQ(page_kind(title, test::forms()).form, FormKind::website);
  EXPECT_LE(read(), 3u);
  EXPECT_GT(words_->count(), 20u);
}

TEST_F(Seek, FindsANameByItsLengthAndReadsItsLabel) {
  open("form.jpg");
  EXPECT_TRUE(seek_name(*words_, sheet_, "临津读书网", true));
  EXPECT_GE(words_->text().find("网站名称").score, 1);
  EXPECT_LT(read(), words_->count() / 2);
  EXPECT_FALSE(seek_name(*words_, sheet_, "宝塔夜谈", false));
  EXPECT_FALSE(seek_name(*words_, sheet_, "", false));
}

TEST_F(Seek, ConfirmsNumbersThatStandThere) {
  open("form.jpg");
  const std::vector<std::string> numbers = {"12430500MB1234567N", "430500198003070017",
                                            "430500198003079999"};
  const auto found = seek_numbers(*words_, sheet_, recogniser(), numbers, budget_);
  ASSERT_EQ(found.size(), 2u);
  for (const auto& number : found) EXPECT_TRUE(number.vote.agreed);
  EXPECT_EQ(read(), 0u);  // as Han
  EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {}, budget_).empty());
}

TEST_F(Seek, AShortNumberIsNotFoundWithinALongerOne) {
  open("form.jpg");
  EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {"MB1234567"}, budget_).empty());
}

// The picture of a sample mail whose form has a narrow cell: 91430503MA4L7Q2C and, below it, 34.
Page narrow_cell() {
  std::ifstream file(SOURCE_DIR "/etc/samples/02-account-complete.eml", std::ios::binary);
  const std::string mail{std::istreambuf_iterator<char>(file), {}};
  const auto message = parse_message(mail);
  for (const auto& attachment : message->attachments)
    if (attachment.name.starts_with("mmexport")) return *Pages::open(attachment)->read(1);
  throw std::runtime_error("the sample has another scan by now");
}

TEST_F(Seek, ConfirmsANumberThatTakesTwoLinesOfItsCell) {
  open(narrow_cell());
  const auto found = seek_numbers(*words_, sheet_, recogniser(), {"91430503MA4L7Q2C34"}, budget_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GT(found[0].place.box.h, 1.5 * words_->usual_height());
  for (const auto* other : {"91430503MA4L7Q2C35", "91430503MA4L7Q2C3"})
    EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {other}, budget_).empty()) << other;
}

TEST_F(Seek, ReadsWhatMayBeANumberAndItsLabel) {
  open("form.jpg");
  read_number_lines(*words_, sheet_);
  const auto text = words_->text();
  EXPECT_EQ(text.find("证件号码").score, 1);
  EXPECT_EQ(text.find("身份证号码").score, 1);
  EXPECT_LT(read(), words_->count() / 2);
}

TEST_F(Seek, StopsAtThePeriodOfValidity) {
  open("certificate.jpg");
  const auto found = [&] { return !valid_until(words_->text()).empty(); };
  seek_period(*words_, sheet_, true, found);
  EXPECT_EQ(valid_until(words_->text()), "2022-05-31");
  EXPECT_LE(read(), 3u);
}

TEST_F(Seek, ReadsFewLinesWhereThereIsNoPeriod) {
  open("form.jpg");
  seek_period(*words_, sheet_, false, [] { return false; });
  const auto dates = read();
  EXPECT_LT(dates, words_->count() / 2);
  seek_period(*words_, sheet_, true, [] { return false; });
  EXPECT_GT(read(), dates);
  EXPECT_LT(read(), words_->count());
}

TEST_F(Seek, PrintIsLessLegibleOnItsHead) {
  open("form.jpg");
  const auto upright = legibility(*words_);
  open("form.jpg", 2);
  const auto turned = legibility(*words_);
  ASSERT_TRUE(upright && turned);
  EXPECT_GT(*upright, *turned + 0.04);
}

TEST_F(Seek, ReadsNothingOnceTheTimeIsSpent) {
  budget_ = Budget(0);
  open("form.jpg");
  EXPECT_FALSE(seek_name(*words_, sheet_, "临津读书网", true));
  EXPECT_EQ(read(), 0u);
}

TEST_F(Seek, ReadsWhereASignatureWouldBe) {
  open("signed.jpg");
  read_signature_place(*words_, sheet_, PageKind::form);
  EXPECT_TRUE(signature_place(words_->text(), PageKind::form, sheet_.cells(), sheet_.width()));
  EXPECT_LT(read(), words_->count());
}

}  // namespace
}  // namespace dengji
