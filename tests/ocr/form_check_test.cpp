#include "ocr/form_check.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/lines.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

constexpr auto code = "12430500MB1234567N", other_code = "12430500MB7654321K";
constexpr auto citizen = "430500198003070017";

Expectation expected() {
  Expectation expectation;
  expectation.form = FormKind::website;
  expectation.platform = "临津读书网";
  expectation.registrant = {"邵水县临津门图书馆", RegistrantClass::government, IdType::uscc, code};
  expectation.manager_id = citizen;
  return expectation;
}

KindReading website() {
  KindReading reading;
  reading.kind = PageKind::form;
  reading.form = FormKind::website;
  return reading;
}

PageText sheet(const std::string& platform, const std::string& owner, double confidence = 0.98) {
  return page_of({{"网站名称", 100, 100},
                  {platform, 400, 100, confidence},
                  {"网站网址（域名）", 800, 100},
                  {"ljds.example", 1200, 100},
                  {"主办单位名称", 100, 160},
                  {owner, 400, 160, confidence}});
}

ReadNumber read(const std::string& text, IdType type, bool agreed = true, bool labelled = true) {
  ReadNumber number;
  number.place.type = type;
  number.place.labelled = labelled;
  number.vote.text = text;
  number.vote.agreed = agreed;
  return number;
}

// Two rows of a table, of four cells and of two.
const std::vector<Box> cells = {{90, 90, 290, 60},   {390, 90, 390, 60}, {790, 90, 390, 60},
                                {1190, 90, 300, 60}, {90, 150, 290, 60}, {390, 150, 1100, 60}};

Agreement check(const PageText& text, const std::vector<ReadNumber>& numbers = {}) {
  return check_form(text, cells, website(), numbers, expected(), test::forms());
}

TEST(CheckForm, AgreesWithWhatStandsBesideTheLabels) {
  const auto agreement = check(sheet("临津读书网", "邵水县临津门图书馆"),
                               {read(code, IdType::uscc), read(citizen, IdType::citizen)});
  EXPECT_EQ(agreement.form, true);
  EXPECT_EQ(agreement.platform, true);
  EXPECT_EQ(agreement.registrant, true);
  EXPECT_EQ(agreement.id_number, true);
  EXPECT_EQ(agreement.manager_id, true);
  EXPECT_FALSE(agreement.legal_id);  // none was expected
  EXPECT_DOUBLE_EQ(agreement.score, 1);
}

TEST(CheckForm, AgreesInSpiteOfAMisreadCharacter) {
  const auto agreement = check(sheet("临津读书冈", "邵水县临津门图书棺", 0.9));
  EXPECT_EQ(agreement.platform, true);
  EXPECT_EQ(agreement.registrant, true);
}

// The neighbour's form, which was the template of this one.
TEST(CheckForm, DoesNotTakeASurelyReadCharacterForAMisreadOne) {
  const auto agreement = check(sheet("临沅读书网", "邵山县临津门图书馆", 0.99));
  EXPECT_FALSE(agreement.platform);
  EXPECT_FALSE(agreement.registrant);
}

TEST(CheckForm, SaysSoWhereAnotherNameSurelyStands) {
  const auto agreement = check(sheet("宝塔夜谈", "邵水县农机推广站"));
  EXPECT_EQ(agreement.platform, false);
  EXPECT_EQ(agreement.score, 1.0 / 11);  // only the kind of form
}

TEST(CheckForm, ReadsALabelThatTakesTwoLinesInItsCell) {
  const auto text = page_of({{"网站", 100, 92}, {"名称", 100, 121}, {"宝塔夜谈", 400, 105}});
  EXPECT_EQ(check(text).platform, false);
}

TEST(CheckForm, ContradictsNothingWithoutRules) {
  const auto text = sheet("宝塔夜谈", "邵水县农机推广站");
  EXPECT_FALSE(check_form(text, {}, website(), {}, expected(), test::forms()).platform);
}

TEST(CheckForm, DoesNotContradictOnAnUnsureReading) {
  EXPECT_FALSE(check(sheet("宝塔夜谈", "邵水县农机推广站", 0.6)).platform);
}

TEST(CheckForm, DoesNotTakeTheNextLabelForAName) {
  const auto text = page_of({{"网站名称", 100, 100}, {"网站网址（域名）", 800, 100}});
  EXPECT_FALSE(check(text).platform);
}

TEST(CheckForm, CannotJudgeWhatIsNotOnThePage) {
  const auto agreement = check(page_of({{"网信部门意见", 100, 100}}));
  EXPECT_FALSE(agreement.platform);
  EXPECT_FALSE(agreement.registrant);
  EXPECT_FALSE(agreement.id_number);
}

TEST(CheckForm, SeesAnotherForm) {
  auto kind = website();
  kind.form = FormKind::forum;
  EXPECT_EQ(check_form(PageText(), {}, kind, {}, expected(), test::forms()).form, false);
  kind.form.reset();
  EXPECT_FALSE(check_form(PageText(), {}, kind, {}, expected(), test::forms()).form);
}

TEST(CheckForm, AnotherNumberContradictsOnlyWhenSure) {
  const auto text = sheet("临津读书网", "邵水县临津门图书馆");
  EXPECT_EQ(check(text, {read(other_code, IdType::uscc)}).id_number, false);
  EXPECT_FALSE(check(text, {read(other_code, IdType::uscc, false)}).id_number);
}

TEST(CheckForm, SomebodyElsesExpectedNumberContradictsNothing) {
  const auto agreement = check(PageText(), {read(citizen, IdType::citizen)});
  EXPECT_EQ(agreement.manager_id, true);
  EXPECT_FALSE(agreement.id_number);
}

TEST(CheckCommitment, FindsTheNamesInItsText) {
  const auto text = page_of({{"本单位开办的“临津读书网”，现就依法依规办网", 100, 100},
                             {"承诺单位（盖章）：邵水县临津门图书馆", 100, 400}});
  const auto agreement = check_commitment(text, expected());
  EXPECT_EQ(agreement.platform, true);
  EXPECT_EQ(agreement.registrant, true);
  auto other = expected();
  other.platform = "宝塔夜谈";
  EXPECT_FALSE(check_commitment(text, other).platform);
}

TEST(CheckCertificate, ComparesHolderAndNumber) {
  auto agreement = check_certificate("邵水县临津门图书馆", {read(code, IdType::uscc)}, expected());
  EXPECT_EQ(agreement.registrant, true);
  EXPECT_EQ(agreement.id_number, true);
  agreement = check_certificate("邵水县农机推广站", {read(other_code, IdType::uscc)}, expected());
  EXPECT_EQ(agreement.registrant, false);
  EXPECT_EQ(agreement.id_number, false);
}

TEST(CheckCertificate, LeavesOpenWhatCouldNotBeRead) {
  const auto agreement = check_certificate("", {read(other_code, IdType::uscc, false)}, expected());
  EXPECT_FALSE(agreement.registrant);
  EXPECT_FALSE(agreement.id_number);
}

TEST(CheckCertificate, AnIdentityCardInsteadOfALicenceContradicts) {
  EXPECT_EQ(
      check_certificate("", {read("11010119900307001X", IdType::citizen)}, expected()).id_number,
      false);
}

TEST(ExpectedNumbers, AreEachNamedOnce) {
  const auto numbers = expected_numbers({expected(), expected(), Expectation()});
  EXPECT_EQ(numbers, (std::vector<std::string>{code, citizen}));
}

}  // namespace
}  // namespace dengji
