#include "ocr/name_read.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/words_trial.hpp"

namespace dengji {
namespace {

using NameRead = test::WordsTrial;

TEST(CommonestName, IsWhatMoreReadingsShowThanAnyOther) {
  EXPECT_EQ(commonest_name({{"外玉", {}, 0.64}, {"邹玉.", {}, 0.9}, {"邹玉", {}, 0.87}}), "邹玉");
  EXPECT_EQ(commonest_name({{"责涵", {}, 0.9}, {"袁涵", {}, 0.9}, {"豆涵", {}, 0.9}}), "");
  EXPECT_EQ(
      commonest_name({{"责涵", {}, 0.9}, {"袁涵", {}, 0.9}, {"责涵", {}, 0.9}, {"袁涵", {}, 0.9}}),
      "");
  EXPECT_EQ(commonest_name({{"名永", {}, 0.4}, {"名永", {}, 0.42}}), "");  // sure of nothing
  EXPECT_EQ(commonest_name({{"2", {}, 0.98}, {"2", {}, 0.98}}), "");
  EXPECT_EQ(commonest_name({{"", {}, 0}, {"", {}, 0}}), "");
}

TEST_F(NameRead, IsReadAnewWhereTheFirstReadingIsNotSure) {
  open("certificate.jpg");
  words_->read_all();
  auto place = legal_name(words_->text(), CertificateKind::uscc_certificate);
  ASSERT_EQ(place.text, "沈一舟");
  EXPECT_EQ(sure_name(place, sheet_, recogniser(), budget_), "沈一舟");
  place.text = "沈二舟";
  place.confidence = 0.9;
  EXPECT_EQ(sure_name(place, sheet_, recogniser(), budget_), "沈一舟");
  EXPECT_EQ(sure_name({}, sheet_, recogniser(), budget_), "");
}

}  // namespace
}  // namespace dengji
