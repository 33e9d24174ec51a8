#include <ctime>
#include <nlohmann/json.hpp>

#include "store/rulings.hpp"
#include "store/time.hpp"
#include "tests/daemon/command_trial.hpp"

namespace dengji {
namespace {

using test::received;
using CommandReport = test::CommandTrial;

TEST_F(CommandReport, PrintsEveryOfficeAndATotal) {
  file("shuangqing", website("甲网", "甲公司"));
  file("shuangqing", rejected("乙网", "乙公司"));
  file("dongkou", website("丙网", "丙公司"));
  const auto ran = run(report_command, {});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("to now: 3\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("\nshaodong "), std::string::npos) << "an office without mail is shown";
  const auto total = ran.out.find("\ntotal ");
  ASSERT_NE(total, std::string::npos) << ran.out;
  std::istringstream line(ran.out.substr(total));
  std::string word;
  std::vector<int> numbers(5);
  line >> word;
  for (int& number : numbers) line >> number;
  EXPECT_EQ(numbers, (std::vector<int>{3, 2, 0, 1, 2}));
}

TEST_F(CommandReport, JsonIsWhatThePageShows) {
  file("shuangqing", website("甲网", "甲公司"));
  const auto ran = run(report_command, {"--json", "--office", "shuangqing", "--from=2018-08-20"});
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["received"], 1);
  ASSERT_EQ(json["offices"].size(), 1U);
  EXPECT_EQ(json["offices"][0]["name"], "邵阳市双清区互联网信息办公室");
  EXPECT_EQ(json["offices"][0]["records"], 1);
  EXPECT_EQ(json["days"][0]["day"], "2018-08-20");
  EXPECT_EQ(json["forms"][0]["word"], "website");
  EXPECT_EQ(json["answer"]["mails"], 0);
}

TEST_F(CommandReport, TheLedgerTellsOfEachDay) {
  const Seconds now = std::time(nullptr);
  file("shuangqing", website("甲网", "甲公司"), now);
  file("shuangqing", rejected("乙网", "乙公司"), now - 86'400);
  file("dongkou", website("丙网", "丙公司"), now - 40 * 86'400);
  const auto json = nlohmann::json::parse(run(ledger_command, {"--json"}).out);
  ASSERT_EQ(json.size(), 2U) << "of the last seven days";
  EXPECT_EQ(json[0]["day"], day_of(now));
  EXPECT_EQ(json[0]["filed"], 1);
  EXPECT_EQ(json[1]["rejected"], 1);
  const auto table = run(ledger_command, {"--days", "100", "--office", "dongkou"}).out;
  EXPECT_NE(table.find(day_of(now - 40 * 86'400)), std::string::npos) << table;
  EXPECT_EQ(table.find("shuangqing"), std::string::npos) << table;
  EXPECT_THROW(run(ledger_command, {"--days", "0"}), UsageError);
}

TEST_F(CommandReport, ListsTheLateTheSilentAndTheRefused) {
  auto late = website("迟网", "迟公司");
  late.findings = {{"deadline.late", Severity::note, "", 0, "", "开通已超过30日才报送登记"}};
  file("shuangqing", late);
  file("shuangqing", rejected("默网", "默公司"));
  file("dongkou", rejected("东网", "东公司"));
  file("dongkou", rejected("补网", "补公司"));
  file("dongkou", website("补网", "补公司"));  // mended
  auto held = rejected("拒网", "拒公司");
  held.decision = Decision::review;
  file("dongkou", held);
  Rulings rulings(database_, {{"dongkou", "DK"}});
  const Id refused = 6;
  rulings.decide({0, refused, RulingKind::reject, "wang", received, received, "", "", "", ""}, 1);
  rulings.carry_out(*rulings.due(received), {}, "2018", received,
                    [](const Filed&) { return std::nullopt; });
  const auto platforms = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"--json", "--list"});
    std::string all;
    for (const auto& one : nlohmann::json::parse(run(report_command, words).out))
      all += one.at("platform").get<std::string>() + " ";
    return all;
  };
  EXPECT_EQ(platforms({"late"}), "迟网 ");
  EXPECT_EQ(platforms({"silent"}), "东网 默网 ");
  EXPECT_EQ(platforms({"silent", "--office", "shuangqing"}), "默网 ");
  EXPECT_EQ(platforms({"refused"}), "拒网 ");
  EXPECT_NE(run(report_command, {"--list", "refused"}).out.find("S6"), std::string::npos);
  EXPECT_THROW(run(report_command, {"--list", "other"}), UsageError);
  EXPECT_THROW(run(report_command, {"--list", "late", "--from", "2018-08-20"}), UsageError);
}

TEST_F(CommandReport, RefusesWhatItDoesNotKnow) {
  EXPECT_THROW(run(report_command, {"--office", "nowhere"}), UsageError);
  EXPECT_THROW(run(report_command, {"--from", "2018-02-30"}), UsageError);
  EXPECT_THROW(run(report_command, {"word"}), UsageError);
}

}  // namespace
}  // namespace dengji
