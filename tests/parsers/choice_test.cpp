#include "parsers/choice.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

const FieldSpec& field(FormKind kind, const std::string& key) {
  for (const FieldSpec& spec : test::forms().of(kind).fields) {
    if (spec.key == key) return spec;
  }
  throw std::out_of_range(key);
}

std::string ticked(std::string_view text, const FieldSpec& spec) {
  const Choice choice = read_choice(text, spec);
  if (choice.blank) return "(blank)";
  std::string all;
  for (const std::string& option : choice.ticked) all += (all.empty() ? "" : "、") + option;
  return all.empty() ? "(not understood)" : all;
}

std::string action(std::string_view text) {
  return ticked(text, field(FormKind::website, "action"));
}
std::string nature(std::string_view text) {
  return ticked(text, field(FormKind::website, "org_nature"));
}
std::string platform(std::string_view text) {
  return ticked(text, field(FormKind::account, "platform_type"));
}

TEST(ReadChoice, MarkBeforeTheOption) {
  for (const char* text : {"☑首次登记 □变更登记 □停用 □注销",
                           "√首次登记  □变更登记  □停用  □注销",
                           "■首次登记　□变更登记　□停用　□注销",
                           "●首次登记 ○变更登记 ○停用 ○注销",
                           "□√首次登记 □变更登记 □停用 □注销",
                           "☑️首次登记 □变更登记 □停用 □注销",
                           "(√)首次登记 ( )变更登记 ( )停用 ( )注销",
                           "[x]首次登记 []变更登记 [ ]停用 []注销",
                           "【√】首次登记【】变更登记【】停用【】注销",
                           "\uF0FE首次登记 \uF0A8变更登记 \uF0A8停用 \uF0A8注销",
                           "\uF052首次登记 \uF0A3变更登记 \uF0A3停用 \uF0A3注销",
                           "þ首次登记 ¨变更登记 ¨停用 ¨注销",
                           "R首次登记 £变更登记 £停用 £注销",
                           "☑首次登记\n□变更登记\n□停用\n□注销",
                           "☑ 首 次 登 记 □ 变更登记 □ 停 用 □ 注 销",
                           "✔首次登记 变更登记 停用 注销",
                           "请选择：☑首次登记 □变更登记 □停用 □注销",
                           "√□首次登记 □变更登记 □停用 □注销",
                           "（请在□内打√）☑首次登记□变更登记□停用□注销",
                           "请在相应选项前打“√”：√首次登记、变更登记、停用、注销",
                           "☑1.首次登记 □2.变更登记 □3.停用 □4.注销",
                           "☑ 首次登记□ 变更登记□ 停用□ 注销"}) {
    EXPECT_EQ(action(text), "首次登记") << text;
  }
}

TEST(ReadChoice, MarkBehindTheOption) {
  for (const char* text : {"首次登记□ 变更登记☑ 停用□ 注销□", "首次登记□变更登记√停用□注销□",
                           "首次登记（ ）变更登记（√）停用（ ）注销（ ）",
                           "首次登记 变更登记√ 停用 注销", "首次登记○ 变更登记● 停用○ 注销○"}) {
    EXPECT_EQ(action(text), "变更登记") << text;
  }
  for (const char* text :
       {"□首次登记 □变更登记√ □停用 □注销", "首次登记、√变更登记、停用、注销",
        "首次登记　√ 变更登记　停用　注销", "1.首次登记\n√ 2.变更登记\n3.停用\n4.注销",
        "（1）首次登记（2）变更登记√（3）停用（4）注销"}) {
    EXPECT_EQ(action(text), "变更登记") << text;
  }
  EXPECT_EQ(action("首次登记√变更登记 停用 注销"), "首次登记");
  EXPECT_EQ(action("首次登记 √变更登记 停用 注销"), "变更登记");
}

TEST(ReadChoice, OnlyTheChosenIsLeft) {
  EXPECT_EQ(action("停用"), "停用");
  EXPECT_EQ(action("□注销"), "注销");
  EXPECT_EQ(action(" 变更登记 "), "变更登记");
  EXPECT_EQ(nature("企业"), "企业");
}

TEST(ReadChoice, TheTickWasLostButTheOtherBoxesStand) {
  EXPECT_EQ(action("首次登记 □变更登记 □停用 □注销"), "首次登记");
  EXPECT_EQ(action("□首次登记 □变更登记 停用 □注销"), "停用");
}

TEST(ReadChoice, OtherWordsForAnOption) {
  EXPECT_EQ(action("新增"), "首次登记");
  EXPECT_EQ(action("☑变更 □新增"), "变更登记");
  EXPECT_EQ(nature("民办非企业单位"), "社会组织");
  EXPECT_EQ(nature("国有企业"), "企业");
  EXPECT_EQ(platform("公众号"), "微信公众号");
  EXPECT_EQ(platform("新浪微博"), "微博");
  EXPECT_EQ(platform("ＡＰＰ"), "移动客户端");
}

TEST(ReadChoice, OtherWithWords) {
  EXPECT_EQ(platform("□微博 □微信公众号 ☑其他：抖音号"), "其他");
  EXPECT_EQ(platform("☑其他（小程序） □微博"), "其他");
  EXPECT_EQ(platform("微博□ 网易号□ 其他（请注明：小程序）☑"), "其他");
  EXPECT_EQ(platform("微博 网易号 其他：____ √"), "其他");
}

TEST(ReadChoice, SeveralTicks) {
  EXPECT_EQ(nature("☑党政机关 ☑事业单位 □企业"), "党政机关、事业单位");
  EXPECT_EQ(platform("微博、网易号"), "微博、网易号");
}

TEST(ReadChoice, NothingChosen) {
  for (const char* text :
       {"", "  ", "□首次登记 □变更登记 □停用 □注销", "首次登记  变更登记  停用  注销",
        "首次登记（ ）变更登记（ ）停用（ ）注销（ ）", "首次登记□ 变更登记□ 停用□ 注销□"}) {
    EXPECT_EQ(action(text), "(blank)") << text;
  }
  EXPECT_EQ(platform("□微博 □微信公众号 □其他（请注明）："), "(blank)");
}

TEST(ReadChoice, NoneOfTheOptions) {
  EXPECT_EQ(action("复核"), "(not understood)");
  EXPECT_EQ(nature("☑街道"), "(not understood)");
}

TEST(ReadChoice, AnyLength) {
  EXPECT_EQ(action(std::string(100'000, ' ') + "停用"), "(not understood)");
  std::string boxes;
  EXPECT_EQ(action("☑停用（" + std::string(300, ' ') + "）"), "停用");
  for (int i = 0; i < 600; ++i) boxes += "□";
  EXPECT_EQ(action(boxes), "(blank)");
  EXPECT_EQ(action(boxes + "☑停用"), "停用");
  EXPECT_EQ(action("\xff\xfe停用"), "停用");
}

}  // namespace
}  // namespace dengji
