#include "daemon/letter_template.hpp"

#include <gtest/gtest.h>

namespace dengji {

namespace {

LetterValues words(std::map<std::string, std::string> values) { return {std::move(values), {}}; }

TEST(LetterTemplate, FillsSubjectAndBody) {
  const auto letter = fill_template("回复：{{subject}}\n\n{{sender}}您好\n再见\n",
                                    words({{"subject", "登记"}, {"sender", "张三"}}));
  EXPECT_EQ(letter.subject, "回复：登记");
  EXPECT_EQ(letter.body, "张三您好\n再见\n");
}

TEST(LetterTemplate, RepeatsLinesForEachItemAndSeesWhatIsAround) {
  LetterValues values = words({{"office", "某办"}, {"index", "0"}});
  values.lists["submissions"] = {words({{"index", "1"}}), words({{"index", "2"}})};
  const auto letter = fill_template(
      "s\n\n{{#submissions}}\n{{index}} {{office}}\n{{/submissions}}\n{{index}}\n", values);
  EXPECT_EQ(letter.body, "1 某办\n2 某办\n0\n");
}

TEST(LetterTemplate, NestsLists) {
  LetterValues inner = words({{"index", "1"}});
  inner.lists["defects"] = {words({{"index", "a"}}), words({{"index", "b"}})};
  LetterValues values;
  values.lists["submissions"] = {inner, words({{"index", "2"}})};
  const auto letter = fill_template(
      "s\n\n{{#submissions}}\n{{index}}\n{{#defects}}\n-{{index}}\n{{/defects}}\n{{/"
      "submissions}}\n",
      values);
  EXPECT_EQ(letter.body, "1\n-a\n-b\n2\n");
}

TEST(LetterTemplate, ASectionOfAWordStandsOnceIfItIsNotEmpty) {
  const std::string text = "s\n\na\n{{#phone}}\n电话{{phone}}\n{{/phone}}\nb\n";
  EXPECT_EQ(fill_template(text, words({{"phone", "123"}})).body, "a\n电话123\nb\n");
  EXPECT_EQ(fill_template(text, words({{"phone", ""}})).body, "a\nb\n");
}

TEST(LetterTemplate, WhatIsFilledInIsNotReadAgain) {
  LetterValues values = words({{"sender", "{{phone}}{{#phone}}"}, {"phone", "secret"}});
  EXPECT_EQ(fill_template("s\n\n{{sender}}\n", values).body, "{{phone}}{{#phone}}\n");
}

TEST(LetterTemplate, TakesWindowsLineEnds) {
  const auto letter =
      fill_template("s\r\n\r\n{{#phone}}\r\nx\r\n{{/phone}}\r\n", words({{"phone", "1"}}));
  EXPECT_EQ(letter.subject, "s");
  EXPECT_EQ(letter.body, "x\n");
}

TEST(LetterTemplate, OfNothingIsNothing) {
  EXPECT_EQ(fill_template("", {}).subject, "");
  EXPECT_EQ(fill_template("only a subject", {}).body, "");
}

std::string first_mistake(const std::string& text) {
  const auto mistakes = check_template(text, letter_names());
  if (mistakes.empty()) return "";
  return std::to_string(mistakes[0].line) + ": " + mistakes[0].what;
}

TEST(CheckTemplate, PassesWhatIsRight) {
  EXPECT_EQ(first_mistake("a {{subject}}\n\n{{#submissions}}\n{{#defects}}\n{{title}}{{number}}\n"
                          "{{/defects}}\n{{/submissions}}\n"),
            "");
}

TEST(CheckTemplate, NamesWhatIsWrong) {
  EXPECT_EQ(first_mistake("s\n\n{{title}}\n"), "3: unknown placeholder {{title}}");
  EXPECT_EQ(first_mistake("s\n\n{{#defects}}\n{{/defects}}\n"),
            "3: there is no defects to repeat or to ask for");
  EXPECT_EQ(first_mistake("s\n\n{{#phone}}\nx\n"), "4: {{#phone}} is not ended");
  EXPECT_EQ(first_mistake("s\n\n{{/phone}}\n"), "3: {{/phone}} ends what is not open");
  EXPECT_EQ(first_mistake("s\n\n{{#phone}}\n{{#days}}\n{{/phone}}\n{{/days}}\n"),
            "5: {{/phone}} ends what is not open");
  EXPECT_EQ(first_mistake("s\n\nabc {{phone\n"), "3: {{ without }}");
  EXPECT_EQ(first_mistake("s\nno empty line\nx\n"),
            "1: a letter is its subject, an empty line and its text");
}

}  // namespace

}  // namespace dengji
