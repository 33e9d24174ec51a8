// What is read of a page, and what is left unread: on pages that tests/support/draw_pages.py drew.
#include "ocr/seek.hpp"

#include <gtest/gtest.h>

#include "ocr/signature.hpp"
#include "ocr/standing.hpp"
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
    page_ = test::page_of("read/" + name);
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
