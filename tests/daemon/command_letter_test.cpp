#include <nlohmann/json.hpp>

#include "tests/daemon/command_trial.hpp"
#include "tests/daemon/trial_config.hpp"

namespace dengji {
namespace {

using test::received;
using CommandLetter = test::CommandTrial;

TEST_F(CommandLetter, FillsEveryLetterWithoutAHole) {
  const auto all = nlohmann::json::parse(run(letter_command, {"--json"}).out);
  EXPECT_EQ(all.size(), test::shipped_config().letters.text.size());
  for (const auto& letter : all) {
    const std::string kind = letter.at("kind"), body = letter.at("body");
    EXPECT_NE(body.find("陈某"), std::string::npos) << kind;
    EXPECT_EQ(body.find("{{"), std::string::npos) << kind;
    EXPECT_EQ(std::string(letter.at("subject")).find("回复：某某之窗登记材料（"), 0U) << kind;
  }
}

TEST_F(CommandLetter, ShowsTheOneThatIsAskedFor) {
  const auto ran = run(letter_command, {"rejection"});
  EXPECT_EQ(ran.out.find("== rejection\n主题：回复：某某之窗登记材料（材料需补正）\n\n陈某：\n"),
            0U)
      << ran.out;
  EXPECT_NE(ran.out.find("（1）登记表上没有公章：附件“某某之窗（盖章）.jpg”第1页"),
            std::string::npos)
      << ran.out;
  EXPECT_THROW(run(letter_command, {"love"}), UsageError);
}

TEST_F(CommandLetter, ShowsWhatAMessageWasAnsweredWithAndWouldBeNow) {
  const auto message = file("shuangqing", rejected("甲网", "甲公司"));
  const auto word = "M" + std::to_string(message);
  auto shown = nlohmann::json::parse(run(letter_command, {"--json", "--message", word}).out);
  ASSERT_EQ(shown.size(), 1U) << "nothing was sent";
  EXPECT_TRUE(shown[0].at("state").is_null());
  EXPECT_EQ(shown[0].at("kind"), "rejection");
  EXPECT_NE(std::string(shown[0].at("body")).find("登记表上没有公章：附件“扫描件.jpg”第1页"),
            std::string::npos)
      << shown[0].at("body");
  Letter sent{"rejection", "li@company.example", "回复",
              "Subject: =?utf-8?B?5Zue5aSN?=\r\n\r\nhello\r\n", "<1@wxb.example>"};
  ASSERT_TRUE(records_.requeue(message, received + 100, "wang"));
  records_.claim(received + 100, 100);
  Settlement again;
  again.message = message;
  again.from = "li@company.example";
  again.submissions = {rejected("甲网", "甲公司")};
  again.now = received + 200;
  again.year = "2018";
  records_.settle(again, [&](const auto&) { return sent; });
  shown = nlohmann::json::parse(run(letter_command, {"--json", "--message", word}).out);
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].at("state"), "owed");
  EXPECT_EQ(shown[0].at("body"), "hello\n");
  EXPECT_EQ(run(letter_command, {"--message", "M99"}).status, 1);
  EXPECT_THROW(run(letter_command, {"--message", "99"}), UsageError);
  EXPECT_THROW(run(letter_command, {"--message", word, "held"}), UsageError);
}

TEST_F(CommandLetter, NamesWhatIsWrongInATemplateWithItsLine) {
  const TrialConfig trial;
  trial.append("letters/held.txt", "{{weather}}\n");
  const auto line = std::to_string(trial.line_of("letters/held.txt", "{{weather}}"));
  try {
    run(letter_command, {"--config", trial.path("dengji.toml").string()});
    FAIL() << "a letter with a mistake was shown";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("held.txt:" + line + ": unknown placeholder"),
              std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace dengji
