#include <gtest/gtest.h>

#include "daemon/reading.hpp"

namespace dengji {
namespace {

Reading full_reading() {
  Reading r;
  r.message.from = "zhang@mail.example";
  r.message.subject = "登记表";
  r.message.recipients = {"city@wxb.example"};
  r.message.problems = {{Why::over_limit, "too many parts"}};
  FileFacts file;
  file.name = "洞口风物.jpg";
  file.bytes = 123;
  PageFacts page;
  page.kind = PageKind::form;
  page.form = FormKind::forum;
  page.signature = false;
  page.seals.push_back({SealShape::oval,
                        true,
                        "某某公司",
                        {1, 2, 3, 4},
                        0.75,
                        SealName::differs,
                        0.25,
                        true,
                        "f0",
                        SealInside{true, "业务专用章"}});
  page.numbers.push_back({"43052119700619846X", IdType::citizen, {5, 6, 7, 8}, 0.5, true});
  page.turn = 3;
  page.legal_name = "沈一舟";
  page.quality.brightness = 0.5;
  page.cells = {{9, 10, 11, 12}};
  page.lines = {{{13, 14, 15, 16}, "网站名称"}};
  page.agreement.resize(1);
  page.agreement[0].platform = true;
  file.pages.push_back(page);
  r.files = {file};
  Submission s;
  s.platform = "洞口风物";
  s.form_state = FormState::read;
  s.form.emplace();
  s.form->action = Action::cancel;
  s.form->fields["site_name"] = {"洞口风物", "洞口风物 ", {1, 2, 3}, true};
  s.form_attachment = 0;
  s.parts = {{0, Role::scan, {Role::scan, Role::certificate}, true, false}};
  r.submissions = {s};
  return r;
}

TEST(Wire, CarriesAReadingUnchanged) {
  const auto text = to_wire(full_reading());
  const auto back = from_wire(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(to_wire(*back), text);
  EXPECT_EQ(back->files[0].pages[0].seals[0].name, SealName::differs);
  EXPECT_EQ(back->files[0].pages[0].signature, false);
  EXPECT_EQ(back->files[0].pages[0].legal_name, "沈一舟");
  EXPECT_EQ(back->files[0].pages[0].quality.brightness, 0.5);
  EXPECT_FALSE(back->files[0].pages[0].agreement[0].registrant);
  EXPECT_EQ(back->submissions[0].form->action, Action::cancel);
  EXPECT_EQ(back->submissions[0].parts[0].pages[1], Role::certificate);
}

TEST(Wire, ReadsWhatWasKeptBeforeAKeyCameUp) {
  auto text = to_wire(full_reading());
  const std::string later = "\"legal_name\":\"沈一舟\",";
  text.erase(text.find(later), later.size());
  const auto back = from_wire(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->files[0].pages[0].legal_name, "");
}

TEST(Wire, RefusesNonsense) {
  for (const auto* text : {"", "{}", "[]", "null", "{\"files\":{}}"})
    EXPECT_FALSE(from_wire(text)) << text;
}

TEST(Wire, RefusesAnIndexThatPointsNowhere) {
  auto reading = full_reading();
  reading.submissions[0].parts[0].attachment = 1;
  EXPECT_FALSE(from_wire(to_wire(reading)));
  reading = full_reading();
  reading.unused = {7};
  EXPECT_FALSE(from_wire(to_wire(reading)));
}

TEST(Wire, RefusesAnEnumerationOutOfRange) {
  auto text = to_wire(full_reading());
  const std::string right = "\"form_state\":3";
  text.replace(text.find(right), right.size(), "\"form_state\":4");
  EXPECT_FALSE(from_wire(text));
}

TEST(Wire, RefusesAFormStateWithoutItsForm) {
  auto reading = full_reading();
  reading.submissions[0].form.reset();
  EXPECT_FALSE(from_wire(to_wire(reading)));
}

}  // namespace
}  // namespace dengji
