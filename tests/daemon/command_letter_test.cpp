#include <nlohmann/json.hpp>

#include "tests/daemon/command_trial.hpp"
#include "tests/daemon/trial_config.hpp"

namespace dengji {
namespace {

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
