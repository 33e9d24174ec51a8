#include "ocr/certificate.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/lines.hpp"

namespace dengji {
namespace {

TEST(PeriodEnd, ReadsTheUsualWritings) {
  EXPECT_EQ(period_end("2017年5月31日至2022年05月30日"), "2022-05-30");
  EXPECT_EQ(period_end("2011.05.01-2021.05.01"), "2021-05-01");
  EXPECT_EQ(period_end("自2009年02月13日至2039年02月13日止"), "2039-02-13");
  EXPECT_EQ(period_end("至2030年12月31日"), "2030-12-31");
  EXPECT_EQ(period_end("2008.01.02-长期"), "long");
}

TEST(PeriodEnd, ReadsDatesThatLostTheirSeparators) {
  EXPECT_EQ(period_end("2011.05.012021.05.01"), "2021-05-01");
  EXPECT_EQ(period_end("2011050120210501"), "2021-05-01");
}

TEST(PeriodEnd, SaysNothingOfWhatIsNoPeriod) {
  EXPECT_EQ(period_end(""), "");
  EXPECT_EQ(period_end("2017年5月31日"), "");
  EXPECT_EQ(period_end("2017年5月31日至2022年13月30日"), "");
  EXPECT_EQ(period_end("2017年5月31日至2022年2月30日"), "");
  EXPECT_EQ(period_end("99999999999999999999"), "");
}

TEST(HolderName, StandsRightOfItsLabel) {
  const auto text = page_of({{"名", 100, 200}, {"称", 200, 200}, {"邵水网络有限公司", 400, 200}});
  EXPECT_EQ(holder_name(text, CertificateKind::business_licence).text, "邵水网络有限公司");
  EXPECT_EQ(holder_name(text, CertificateKind::none).text, "");
}

TEST(HolderName, OfAPersonStandsRightOfAnotherLabel) {
  const auto text = page_of({{"姓名", 100, 100}, {"沈一舟", 300, 100}, {"性别", 100, 200}});
  EXPECT_EQ(holder_name(text, CertificateKind::id_card).text, "沈一舟");
}

TEST(HolderName, EndsAtAWideGap) {
  const auto text =
      page_of({{"机构名称", 100, 200}, {"邵水县图书馆", 400, 200}, {"必", 1500, 200}});
  EXPECT_EQ(holder_name(text, CertificateKind::uscc_certificate).text, "邵水县图书馆");
}

TEST(LegalName, StandsRightOfItsLabel) {
  const auto licence = page_of({{"法定代表人姓名", 100, 200}, {"沈一舟", 500, 200}});
  EXPECT_EQ(legal_name(licence, CertificateKind::business_licence).text, "沈一舟");
  EXPECT_EQ(legal_name(licence, CertificateKind::id_card).text, "");
  const auto code =
      page_of({{"负", 100, 200}, {"责", 180, 200}, {"人", 260, 200}, {"陆远", 400, 200}});
  EXPECT_EQ(legal_name(code, CertificateKind::uscc_certificate).text, "陆远");
  const auto old = page_of({{"法定代表人姓名", 100, 200}, {"名永", 500, 200}});
  EXPECT_EQ(legal_name(old, CertificateKind::business_licence).text, "名永");
  const auto plain = page_of({{"法定代表人", 100, 200}, {"名永", 500, 200}});
  EXPECT_EQ(legal_name(plain, CertificateKind::business_licence).text, "名永");
  const auto shop = page_of({{"经营者", 100, 200}, {"曹宁", 400, 200}});
  EXPECT_EQ(legal_name(shop, CertificateKind::business_licence).text, "曹宁");
}

TEST(WholeYears, EndOnTheSameDayOrTheDayBefore) {
  EXPECT_TRUE(is_whole_years("2017年5月31日至2022年05月30日"));
  EXPECT_TRUE(is_whole_years("2011.05.01-2021.05.01"));
  EXPECT_TRUE(is_whole_years("2016.03.01-2021.02.28"));
  EXPECT_FALSE(is_whole_years("2015.04.28-2025.04.23"));
  EXPECT_FALSE(is_whole_years("2011.05.01-2011.05.01"));
  EXPECT_FALSE(is_whole_years("9018.04.01-2028.04.01"));
  EXPECT_FALSE(is_whole_years("至2030年12月31日"));
  EXPECT_FALSE(is_whole_years("2008.01.02-长期"));
}

TEST(PeriodPlaces, FollowTheirLabel) {
  const auto places =
      period_places(page_of({{"营业期限", 100, 300}, {"2009年02月13日至长期", 400, 300, 0.9}}));
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].text, "2009年02月13日至长期");
  EXPECT_EQ(places[0].box.x, 400);
  EXPECT_EQ(places[0].confidence, 0.9);
}

TEST(PeriodPlaces, AreFoundWithoutALabelByTwoDates) {
  const auto places = period_places(
      page_of({{"有", 100, 300}, {"期", 200, 300}, {"2017年05月31日至2022年05月30日", 400, 300}}));
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(period_end(places[0].text), "2022-05-30");
  EXPECT_TRUE(
      period_places(page_of({{"成立日期", 100, 300}, {"2017年05月31日", 400, 300}})).empty());
}

}  // namespace
}  // namespace dengji
