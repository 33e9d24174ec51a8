// The desk's page in front of made-up answers: hostile text in every field that it shows, and
// failures.
#include <gmock/gmock.h>

#include <map>
#include <mutex>
#include <set>

#include "tests/support/browser.hpp"
#include "tests/support/canned_desk.hpp"
#include "tests/support/hostile_texts.hpp"

namespace dengji::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

struct Payloads {
  std::vector<std::string> all = hostile_texts();
  std::size_t next = 0;
  // Each text of the answer becomes the next payload, but for what the page could not go on
  // without.
  void put_into(json& value) {
    if (value.is_string()) value = all[next++ % all.size()];
    if (!value.is_structured()) return;
    static const std::set<std::string> kept = {"csrf", "state", "day"};
    for (auto part = value.begin(); part != value.end(); ++part)
      if (!value.is_object() || !kept.contains(part.key())) put_into(*part);
  }
};

struct HostileDesk {
  Payloads payloads;
  CannedDesk desk{[this](const std::string& method, const std::string& path) {
    static const json answers = CannedDesk::answers();
    const std::string name = CannedDesk::name_of(method, path);
    if (name.empty()) return CannedAnswer{404, {{"error", "not-found"}, {"message", "没有"}}};
    CannedAnswer answer{200, answers.at(name)};
    payloads.put_into(answer.body);
    return answer;
  }};
};

struct Step {
  std::string hash, ready, key;
};
// Every page, and the windows that a key opens in front of one.
const std::vector<Step> walk = {
    {"#/queue", ".items tbody tr", ""},        {"#/search?text=x", ".items tbody tr", ""},
    {"#/review/S12", ".review", "c"},          {"#/review/S12", ".review", "n"},
    {"#/record/SQ2018-00017", ".version", ""}, {"#/paper?number=SQ2018-00017", ".paper", ""},
    {"#/mailboxes", ".figures", ""},           {"#/reports", ".offices-table", ""},
    {"#/users", ".users tbody tr", ""},
};

TEST(PageTest, ShowsHostileTextAsText) {
  HostileDesk hostile;
  Browser browser;
  browser.open(hostile.desk.url());
  std::set<std::string> missing(hostile.payloads.all.begin(), hostile.payloads.all.end());
  ASSERT_EQ(missing.size(), 500U);
  for (int round = 0; round < 12 && !missing.empty(); ++round) {
    for (const Step& step : walk) {
      browser.open("about:blank");
      browser.open(hostile.desk.url() + step.hash);
      browser.wait_for(step.ready);
      if (!step.key.empty()) browser.press(step.key);
      if (step.key == "c") browser.wait_for("dialog.decide");
      const std::string seen = browser.run(shown);
      std::erase_if(missing,
                    [&](const std::string& one) { return seen.find(one) != std::string::npos; });
      EXPECT_TRUE(browser.run("return window.xss === undefined")) << step.hash;
      EXPECT_EQ(browser.run("return location.origin + '/'"), hostile.desk.url());
    }
  }
  EXPECT_THAT(missing, IsEmpty());
  EXPECT_THAT(browser.console(), IsEmpty());
}

// The answers as they are, but for those that a case replaces while the page is open.
struct CalmDesk {
  std::mutex mutex;
  json answers = CannedDesk::answers();
  std::map<std::string, CannedAnswer> instead;  // by name
  CannedDesk desk{[this](const std::string& method, const std::string& path) {
    const std::lock_guard lock(mutex);
    const std::string name = CannedDesk::name_of(method, path);
    if (const auto found = instead.find(name); found != instead.end()) {
      const CannedAnswer answer = found->second;
      if (answer.status == 401 && name == "ruling") instead.erase(found);  // once
      return answer;
    }
    return CannedAnswer{200, answers.value(name, json::object())};
  }};
  void put(const std::string& name, CannedAnswer answer) {
    const std::lock_guard lock(mutex);
    instead[name] = std::move(answer);
  }
  void heal() {
    const std::lock_guard lock(mutex);
    instead.clear();
  }
};

TEST(PageTest, KeepsTheLetterWhenTheSessionHasEnded) {
  CalmDesk calm;
  Browser browser;
  browser.open(calm.desk.url() + "#/review/S12");
  browser.wait_for(".actions .correct");
  browser.press("c");
  browser.wait_until("see the letter",
                     [&] { return browser.value("dialog textarea").starts_with("吴天明"); });
  browser.type("dialog textarea", "手写的一句。");
  const CannedAnswer ended{401, {{"error", "signed-out"}, {"message", "请重新登录。"}}};
  calm.put("session", ended);
  calm.put("changes", ended);
  calm.put("ruling", ended);
  browser.press(key::control + key::enter);
  browser.wait_for("dialog.again");
  EXPECT_THAT(browser.value("dialog.decide textarea"), HasSubstr("手写的一句。"));
  calm.heal();
  browser.type("dialog.again [type=password]", "secret" + key::enter);
  browser.wait_until_gone("dialog");
  browser.wait_for_text(".undo", "要求补正");
}

TEST(PageTest, ShowsWhatIsNewWithoutLosingThePlace) {
  CalmDesk calm;
  json other = calm.answers["ITEM"];
  other["id"] = "S13";
  json& queue = calm.answers["queue"]["items"];
  queue = {calm.answers["ITEM"], other};
  Browser browser;
  browser.open(calm.desk.url());
  browser.wait_for("tr[data-id=S13]");
  browser.press("j");
  json longer = calm.answers["queue"];
  other["id"] = "S11";
  longer["items"].insert(longer["items"].begin(), other);
  calm.put("queue", {200, longer});
  calm.put("changes", {200, {{"mark", "2"}, {"held", 3}, {"viewers", json::array()}}});
  browser.wait_for("tr[data-id=S11]");
  EXPECT_EQ(browser.attribute("tr[data-id=S13]", "aria-selected"), "true");
  EXPECT_EQ(browser.run("return document.activeElement.dataset.id"), "S13");
}

TEST(PageTest, SaysWhatFailedAndTriesAgain) {
  CalmDesk calm;
  calm.put("mailboxes", {503, {{"error", "unavailable"}, {"message", "登记库正忙。"}}});
  Browser browser;
  browser.open(calm.desk.url() + "#/mailboxes");
  browser.wait_for_text(".state.failed", "登记库正忙。");
  calm.heal();
  browser.click(".state.failed button");
  browser.wait_for(".figures");
}

TEST(PageTest, TellsWhoDecidedFirst) {
  CalmDesk calm;
  calm.put("ruling", {409, {{"error", "decided"}, {"message", "已决定"}, {"by", "李四"}}});
  Browser browser;
  browser.open(calm.desk.url() + "#/review/S12");
  browser.wait_for(".actions .accept");
  browser.press("a");
  browser.wait_until("see the letter", [&] { return !browser.value("dialog textarea").empty(); });
  browser.press(key::enter);
  browser.wait_for_text("dialog", "刚刚已由李四决定");
}

}  // namespace
}  // namespace dengji::test
