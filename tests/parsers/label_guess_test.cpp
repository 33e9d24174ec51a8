#include "parsers/label_guess.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/label.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

std::string guess(std::string_view text, const std::string& group = "") {
  const LabelBook book(test::forms().of(FormKind::website));
  const Surroundings around{group.empty() ? nullptr : book.group(group), nullptr};
  const Meaning meaning = book.guess(text, around);
  return meaning.known ? meaning.candidates.front().field->key : "none";
}

TEST(LabelGuess, TheFieldWhoseLabelIsMostAlike) {
  EXPECT_EQ(guess("2.网站开通的时间："), "opened_on");
  EXPECT_EQ(guess("服务器所在地点"), "server_place");
  EXPECT_EQ(guess("服务器的托管地"), "server_place");
  EXPECT_EQ(guess("公安联网备案编号（必填）"), "police_no");
  EXPECT_EQ(guess("负责人手机联系号码"), "manager_mobile");
}

TEST(LabelGuess, WithinAGroupItsOwnLabels) {
  EXPECT_EQ(guess("居民身份证的号码", "legal"), "legal_id");
  EXPECT_EQ(guess("居民身份证的号码", "manager"), "manager_id");
}

TEST(LabelGuess, NothingLikeEnough) {
  for (const char* text : {"所属行业", "注册资金", "服务器数量", "域名注册商", "值班电话",
                           "梅子岭夜谈", "文化传媒", "2018年8月20日", "网址们", ""}) {
    EXPECT_EQ(guess(text), "none") << text;
  }
}

TEST(LabelGuess, OtherPartiesAndWhatIsNotAskedOfOne) {
  for (const char* text : {"技术负责人", "信息安全负责人", "法定代表人职务", "负责人办公室"}) {
    EXPECT_EQ(guess(text), "none") << text;
  }
}

TEST(LabelGuess, AsManyCellsAsTheLimitAllows) {
  Table table;
  table.rows.push_back({Cell{"网站登记表", 0, 3, 1, {}}});
  for (int row = 0; row < 600; ++row) {
    table.rows.push_back({Cell{"服务器所在地点", 0, 1, 1, {}}, Cell{"长沙", 1, 1, 1, {}}});
  }
  table.rows.push_back({Cell{"网站开通的时间", 0, 1, 1, {}}, Cell{"2016-5-3", 1, 1, 1, {}}});
  for (const char* label : {"网站名称", "域名", "手机号码", "电子邮箱"}) {
    table.rows.push_back({Cell{label, 0, 1, 1, {}}, Cell{"甲", 1, 1, 1, {}}});
  }
  Document document;
  document.blocks.push_back({"", {table}});
  const auto form = read_form(document, test::forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("server_place"), "长沙");
  EXPECT_EQ(form->value("opened_on"), "") << "behind the limit";
}

}  // namespace
}  // namespace dengji
