// The eye on whole pages, which tests/support/draw_pages.py drew.
#include "ocr/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "ocr/look.hpp"
#include "ocr/recognise.hpp"
#include "tests/ocr/scans.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

constexpr auto library = "邵水县临津门图书馆", library_code = "12430500MB1234567N";
constexpr auto person = "沈一舟", person_number = "430500198003070017";

Attachment drawn(const std::string& name) {
  std::ifstream file(std::string(TEST_DATA) + "/ocr/read/" + name, std::ios::binary);
  return make_attachment(name,
                         {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
}

Expectation library_site() {
  Expectation expectation;
  expectation.form = FormKind::website;
  expectation.platform = "临津读书网";
  expectation.registrant = {library, RegistrantClass::government, IdType::uscc, library_code};
  expectation.manager_name = person;
  expectation.manager_id = person_number;
  return expectation;
}

Expectation person_account() {
  Expectation expectation;
  expectation.form = FormKind::account;
  expectation.platform = "一舟看邵水";
  expectation.registrant = {person, RegistrantClass::individual, IdType::citizen, person_number};
  return expectation;
}

PageFacts look(const std::string& name, const std::vector<Expectation>& expectations,
               int seconds = 20) {
  EyeOptions options;
  options.forms = test::forms();
  options.page_seconds = seconds;
  auto facts = Eye(std::move(options)).look(drawn(name), expectations);
  EXPECT_FALSE(facts.problem);
  EXPECT_EQ(facts.pages.size(), 1u);
  return facts.pages.empty() ? PageFacts() : facts.pages.front();
}

PageFacts look(const std::string& name, const Expectation& expectation, int seconds = 20) {
  return look(name, std::vector{expectation}, seconds);
}

// The page as if it had been so many times as coarse, and enlarged since.
PageFacts look_at_coarse(const std::string& name, double times, const Expectation& expectation) {
  const auto attachment = drawn(name);
  auto page = test::page_of(attachment);
  const ColourImage& fine = page.pixels;
  const auto side = [&](int length) { return static_cast<int>(length / times); };
  const auto small =
      sampled(fine, Transform::scaling(times, times), side(fine.width), side(fine.height), 255);
  page.pixels =
      sampled(small, Transform::scaling(1 / times, 1 / times), fine.width, fine.height, 255);
  Recogniser recogniser("");
  EyeOptions options;
  options.forms = test::forms();
  return look_at(page, recogniser, options, {expectation});
}

TEST(Eye, WhatWasReadOutweighsWhatWasMeasured) {
  const auto form = look_at_coarse("form.jpg", 4, library_site());
  EXPECT_EQ(form.quality.why, "blur");
  EXPECT_FALSE(form.quality.readable);
  EXPECT_GT(form.quality.sharpness, least_sharpness);
  const auto certificate = look_at_coarse("certificate.jpg", 3.5, library_site());
  EXPECT_LT(certificate.quality.sharpness, sure_sharpness);
  EXPECT_EQ(certificate.agreement.at(0).id_number, true);
  EXPECT_TRUE(certificate.quality.readable);
}

TEST(Eye, VerifiesAStampedForm) {
  const auto page = look("form.jpg", library_site());
  EXPECT_EQ(page.kind, PageKind::form);
  EXPECT_EQ(page.form, FormKind::website);
  const auto& agreement = page.agreement.at(0);
  EXPECT_EQ(agreement.form, true);
  EXPECT_EQ(agreement.platform, true);
  EXPECT_EQ(agreement.registrant, true);
  EXPECT_EQ(agreement.id_number, true);
  EXPECT_EQ(agreement.manager_id, true);
  ASSERT_EQ(page.seals.size(), 1u);
  EXPECT_TRUE(page.seals[0].red);
  EXPECT_NE(page.seals[0].name, SealName::differs);
}

TEST(Eye, SeesThatAFormIsOfAnotherPlatformAndRegistrant) {
  auto other = library_site();
  other.platform = "宝塔夜谈";
  other.registrant.name = "邵水县农机推广站";
  other.registrant.id_number = "12430500MB7654321K";
  const auto page = look("form.jpg", other);
  const auto& agreement = page.agreement.at(0);
  EXPECT_EQ(agreement.platform, false);
  EXPECT_EQ(agreement.registrant, false);
  ASSERT_EQ(page.seals.size(), 1u);
  EXPECT_NE(page.seals[0].name, SealName::matches);
}

TEST(Eye, ReadsACertificate) {
  const auto page = look("certificate.jpg", library_site());
  EXPECT_EQ(page.kind, PageKind::certificate);
  EXPECT_EQ(page.certificate, CertificateKind::uscc_certificate);
  EXPECT_EQ(page.valid_until, "2022-05-31");
  ASSERT_FALSE(page.numbers.empty());
  EXPECT_EQ(page.numbers[0].text, library_code);
  EXPECT_TRUE(page.numbers[0].agreed);
  EXPECT_EQ(page.agreement.at(0).id_number, true);
}

TEST(Eye, ReadsWhoseACertificateIsWhereThatIsAsked) {
  auto other = library_site();
  other.registrant.name = "邵水县农机推广站";
  other.registrant.id_number = "12430500MB7654321K";
  const auto page = look("certificate.jpg", {library_site(), other});
  EXPECT_EQ(page.agreement.at(0).registrant, true);
  EXPECT_NE(page.agreement.at(1).registrant, true);
}

TEST(Eye, SeesThatACertificateBearsAnotherNumber) {
  auto other = library_site();
  other.registrant.id_number = "12430500MB7654321K";
  EXPECT_EQ(look("certificate.jpg", other).agreement.at(0).id_number, false);
}

TEST(Eye, ReadsAnIdentityCard) {
  const auto page = look("card.jpg", person_account());
  EXPECT_EQ(page.kind, PageKind::certificate);
  EXPECT_EQ(page.certificate, CertificateKind::id_card);
  EXPECT_EQ(page.valid_until, "2030-03-07");
  EXPECT_EQ(page.agreement.at(0).id_number, true);
  EXPECT_TRUE(page.seals.empty());
}

TEST(Eye, TellsASignedFormFromOneThatIsNot) {
  const auto with = look("signed.jpg", person_account());
  EXPECT_EQ(with.form, FormKind::account);
  EXPECT_EQ(with.signature, true);
  const auto without = look("unsigned.jpg", person_account());
  EXPECT_EQ(without.form, FormKind::account);
  EXPECT_EQ(without.signature, false);
}

TEST(Eye, TellsASealedLetterFromABareOne) {
  const auto sealed = look("letter.jpg", library_site());
  EXPECT_EQ(sealed.kind, PageKind::commitment);
  EXPECT_EQ(sealed.seals.size(), 1u);
  const auto bare = look("bare-letter.jpg", library_site());
  EXPECT_EQ(bare.kind, PageKind::commitment);
  EXPECT_TRUE(bare.seals.empty());
}

TEST(Eye, LooksForASignatureOnAPersonsLetter) {
  EXPECT_EQ(look("letter.jpg", person_account()).signature, true);
  EXPECT_EQ(look("bare-letter.jpg", person_account()).signature, false);
  EXPECT_FALSE(look("letter.jpg", library_site()).signature);  // nobody asked
}

TEST(Eye, ReadsWhichOfSeveralPlatformsALetterIsOf) {
  const auto page = look("letter.jpg", {person_account(), library_site()});
  EXPECT_FALSE(page.agreement.at(0).platform);
  EXPECT_EQ(page.agreement.at(1).platform, true);
}

TEST(Eye, ReadsAPageThatLiesUpsideDown) {
  const auto page = look("upside-down.jpg", library_site());
  EXPECT_EQ(page.kind, PageKind::commitment);
  ASSERT_EQ(page.seals.size(), 1u);
  // Boxes are those of the picture as a viewer shows it: the letter's seal is below its middle
  // there.
  EXPECT_GT(page.seals[0].box.y, page.height / 2);
}

TEST(Eye, TellsHowToTurnAPageUpright) {
  EXPECT_EQ(look("upside-down.jpg", library_site()).turn, 2);
  EXPECT_EQ(look("letter.jpg", library_site()).turn, 0);
}

TEST(Eye, TellsWhatWasReadWhere) {
  const auto page = look("form.jpg", library_site());
  EXPECT_GT(page.cells.size(), 10u);
  const auto platform = std::find_if(page.lines.begin(), page.lines.end(),
                                     [](const auto& line) { return line.text == "临津读书网"; });
  ASSERT_NE(platform, page.lines.end());
  EXPECT_TRUE(std::any_of(page.cells.begin(), page.cells.end(), [&](const Box& cell) {
    return area(intersection(cell, platform->box)) > 0.9 * area(platform->box);
  }));
}

TEST(Eye, ShowsEachPageThatItLookedAt) {
  EyeOptions options;
  options.forms = test::forms();
  Eye eye(std::move(options));
  int shown = 0;
  const auto watch = [&shown](const Page& page, const PageFacts& facts) {
    EXPECT_EQ(page.pixels.width, facts.width);
    ++shown;
  };
  eye.look(drawn("card.jpg"), {}, watch);
  EXPECT_EQ(shown, 1);
}

TEST(Eye, KnowsNothingOfAPageForWhichThereIsNoTime) {
  const auto page = look("form.jpg", library_site(), 0);
  EXPECT_EQ(page.kind, PageKind::other);
  EXPECT_TRUE(page.numbers.empty());
  EXPECT_FALSE(page.agreement.at(0).platform);
}

TEST(Eye, SaysWhyAFileHasNoPages) {
  EyeOptions options;
  options.forms = test::forms();
  Eye eye(std::move(options));
  EXPECT_TRUE(eye.look(make_attachment("a.jpg", "\xff\xd8\xff\xe0 broken"), {}).problem);
  EXPECT_TRUE(eye.look(make_attachment("a.txt", "words"), {}).problem);
}

TEST(Eye, NeedsItsModels) {
  EyeOptions options;
  options.tessdata = "/nonexistent";
  EXPECT_THROW(Eye{std::move(options)}, std::runtime_error);
}

TEST(Eye, NamesItsFindings) {
  EXPECT_EQ(to_string(PageKind::commitment), "commitment");
  EXPECT_EQ(to_string(PageKind::other), "other");
  EXPECT_EQ(to_string(CertificateKind::business_licence), "business_licence");
  EXPECT_EQ(to_string(CertificateKind::none), "none");
}

}  // namespace
}  // namespace dengji
