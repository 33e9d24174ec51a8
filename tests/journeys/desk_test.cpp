// Clerks at work: a real dengjid with real mails, its desk in Chromium, letters through Postfix.
// The tests go on from each other, in their order, as a day's work does.
#include <gmock/gmock.h>

#include <array>
#include <ctime>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "parsers/message.hpp"
#include "tests/journeys/clerk.hpp"
#include "tests/journeys/office.hpp"

namespace dengji::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

struct Mail {
  std::string sample, from, office, platform;
};
const Mail grey{"07-account-black-and-white", "chenyt@lvzhou.example", "suining", "绿洲绥宁游"};
const Mail other_seal{"08-website-seal-of-another", "jiangdh@muge.example", "chengbu",
                      "南山牧歌网"};

class DeskAtWork : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    servers_ = std::make_unique<MailServers>();
    office_ = std::make_unique<Office>(*servers_);
    office_->set("undo_seconds", "10");
    bring(grey);
    bring(other_seal);
    ASSERT_EQ(office_->once().status, 0) << office_->log();
    for (const auto& [name, options] :
         std::map<std::string, std::string>{{"city", "--role city --display 张三"},
                                            {"colleague", "--role city --display 李四"},
                                            {"suining", "--role head --office suining"},
                                            {"chengbu", "--role clerk --office chengbu"}}) {
      const auto made = office_->run(DENGJI, "user add " + name + " " + options);
      passwords_[name] = made.output.substr(0, made.output.find('\n'));
    }
    daemon_ = std::make_unique<Office::Daemon>(*office_);
  }
  static void TearDownTestSuite() {
    daemon_.reset();
    office_.reset();
    servers_.reset();
  }

  // The same papers again are other bytes: a header more each time.
  static void bring(const Mail& mail) {
    static int count = 0;
    servers_->deliver(mail.from, mail.office + "@wxb.example",
                      "X-Try: " + std::to_string(++count) + "\r\n" +
                          read_file(fs::path(SOURCE_DIR) / "etc/samples" / (mail.sample + ".eml")));
  }
  // The newest submission about a platform, as `dengji list` has it.
  static Json submission(const Mail& mail) {
    for (auto& row : Json::parse(office_->run(DENGJI, "list --json").output))
      if (row.at("platform") == mail.platform) return row;
    return {};
  }
  static std::string id(const Mail& mail) { return submission(mail).at("submission"); }
  // All letters to a mail's sender, once there are so many.
  static std::string letters(const Mail& mail, std::size_t count) {
    std::string texts;
    for (const auto& raw : servers_->await_inbox(mail.from, count)) {
      const auto message = parse_message(raw);
      if (message) texts += message->subject + "\n" + message->text;
    }
    return texts;
  }
  static void sign_in(Browser& browser, const std::string& name) {
    test::sign_in(browser, daemon_->desk(), name, passwords_.at(name));
  }
  // Down the queue to a platform, and into it: keys alone.
  static void open_by_keys(Browser& browser, const std::string& platform) {
    browser.wait_for_text(".items", platform);
    browser.wait_until("the row", [&] {
      if (browser.text(".items tr[aria-selected]").find(platform) != std::string::npos) return true;
      browser.press("j");
      return false;
    });
    browser.press(key::enter);
    await_picture(browser);
    EXPECT_THAT(browser.text(".about"), HasSubstr(platform));
  }
  static void await_picture(Browser& browser) {
    browser.wait_for(".stage img");
    browser.wait_until("the page's picture", [&] {
      return browser.run("return document.querySelector('.stage img').naturalWidth > 100")
          .get<bool>();
    });
  }
  static void review(Browser& browser, const std::string& submission) {
    browser.run("location.hash = '/review/' + arguments[0]", {submission});
    await_picture(browser);
  }
  static void await_letter(const Browser& browser) {
    browser.wait_until("the letter", [&] {
      return browser.run("return Boolean(document.querySelector('dialog textarea')?.value)")
          .get<bool>();
    });
  }
  // A key opens the letter, Enter confirms it.
  static void decide(Browser& browser, const std::string& decision) {
    browser.press(decision);
    await_letter(browser);
    browser.press(key::enter);
    browser.wait_until_gone("dialog");
  }

  static std::string paper_number(const Json& answer) {
    return Json::parse(answer[1].get<std::string>()).at("number");
  }

  static std::unique_ptr<MailServers> servers_;
  static std::unique_ptr<Office> office_;
  static std::unique_ptr<Office::Daemon> daemon_;
  static std::map<std::string, std::string> passwords_;
};
std::unique_ptr<MailServers> DeskAtWork::servers_;
std::unique_ptr<Office> DeskAtWork::office_;
std::unique_ptr<Office::Daemon> DeskAtWork::daemon_;
std::map<std::string, std::string> DeskAtWork::passwords_;

TEST_F(DeskAtWork, AWrongPasswordIsToldAndNothingIsShown) {
  Browser browser;
  browser.open(daemon_->desk());
  browser.type("[name=name]", "city");
  browser.type("[name=password]", "wrong");
  browser.press(key::enter);
  browser.wait_for_text(".error", "不对");
  EXPECT_EQ(browser.count(".items"), 0u);
}

TEST_F(DeskAtWork, AClerkUndoesThenAcceptsByKeyboardAndTheReceiptArrives) {
  Browser browser;
  sign_in(browser, "city");
  open_by_keys(browser, grey.platform);
  const auto first = browser.text(".finding.chosen");
  browser.press("n");
  browser.press("p");
  EXPECT_EQ(browser.text(".finding.chosen"), first);
  decide(browser, "x");
  browser.wait_for_text(".undo", "撤销");
  browser.press("u");
  browser.wait_until("the bar to go", [&] {
    return browser.run("return document.querySelector('.undo')?.hidden !== false").get<bool>();
  });
  browser.wait_until("the queue", [&] {
    if (browser.count(".items") > 0) return true;
    browser.press(key::escape);  // lost while the item is drawn anew
    return false;
  });
  open_by_keys(browser, grey.platform);
  decide(browser, "a");
  EXPECT_THAT(letters(grey, 2), AllOf(HasSubstr("（已登记）"), HasSubstr("登记编号：SN2")));
  EXPECT_EQ(submission(grey).at("decision"), "accept");
  EXPECT_THAT(complaints(browser), IsEmpty());
}

TEST_F(DeskAtWork, ACorrectionIsAskedForAndTheCorrectedMailAppearsAndCompletesTheCase) {
  const auto first = id(other_seal);
  Browser browser;
  sign_in(browser, "city");
  review(browser, first);
  decide(browser, "c");
  EXPECT_THAT(letters(other_seal, 2), HasSubstr("（材料需补正）"));
  browser.run("location.hash = '/queue'");
  browser.wait_for_text("main", "没有待审的材料");
  bring(other_seal);
  browser.wait_for_text(".items", other_seal.platform);  // without a reload
  review(browser, first);
  browser.wait_for_text(".about", "已由 " + id(other_seal) + " 补正");
  EXPECT_THAT(complaints(browser), IsEmpty());
}

TEST_F(DeskAtWork, OfTwoClerksOnOneItemTheSecondIsTold) {
  const auto item = id(other_seal);
  Browser one, two;
  sign_in(one, "city");
  sign_in(two, "colleague");
  review(one, item);
  review(two, item);
  one.wait_for_text(".viewers", "李四");
  two.press("a");
  await_letter(two);
  decide(one, "x");
  two.press(key::enter);
  two.wait_for_text("body", "张三");
  EXPECT_THAT(letters(other_seal, 4), HasSubstr("（不予登记）"));
}

TEST_F(DeskAtWork, ACaseIsForwardedAndOnlyItsOfficeSeesIt) {
  bring(other_seal);
  Browser clerk;
  sign_in(clerk, "chengbu");
  clerk.wait_for_text(".items", other_seal.platform);
  const auto item = id(other_seal);
  review(clerk, item);
  clerk.press("f");
  clerk.wait_for("dialog select");
  clerk.run(
      "const s = document.querySelector('dialog select'); s.value = 'suining';"
      "s.dispatchEvent(new Event('change', {bubbles: true}))");
  clerk.click("dialog button[type=submit]");
  clerk.wait_until_gone("dialog");
  clerk.run("location.hash = '/queue'");
  clerk.wait_for_text("main", "没有待审的材料");
  clerk.run("location.hash = '/review/' + arguments[0]", {item});
  clerk.wait_for_text("main", "没有这一项");
  Browser head;
  sign_in(head, "suining");
  head.wait_for_text(".items", other_seal.platform);
}

TEST_F(DeskAtWork, ACountyClerkIsRefusedAnothersItemByEveryRouteAndMethod) {
  const auto accepted = submission(grey);
  const std::string item = accepted.at("submission"), message = accepted.at("message"),
                    number = accepted.at("number");
  Browser clerk;
  sign_in(clerk, "chengbu");
  const Json body{{"kind", "accept"}, {"version", 1},        {"subject", "x"},  {"body", "x"},
                  {"note", "x"},      {"office", "chengbu"}, {"number", number}};
  for (const auto& path :
       {"/api/submissions/" + item, "/api/submissions/" + item + "/files/0",
        "/api/submissions/" + item + "/files/1/pages/1.jpg", "/api/submissions/" + item + "/letter",
        "/api/submissions/" + item + "/ruling", "/api/submissions/" + item + "/forward",
        "/api/records/" + number, "/api/records/" + number + "/events",
        "/api/messages/" + message + "/retry", "/api/messages/" + message + "/raw",
        std::string("/api/queue?office=suining"), std::string("/api/search?office=suining"),
        std::string("/api/reports?office=suining"),
        std::string("/api/reports/list?kind=refused&office=suining"),
        std::string("/api/mailboxes?office=suining")})
    for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      const auto answer = fetched(clerk, method, path, body);
      EXPECT_THAT(answer[0].get<int>(), testing::AnyOf(404, 405)) << method << " " << path;
      EXPECT_THAT(answer[1].get<std::string>(), Not(HasSubstr(grey.platform))) << path;
    }
  EXPECT_EQ(fetched(clerk, "GET", "/api/export.csv?office=suining")[0], 403);
  EXPECT_EQ(fetched(clerk, "GET", "/api/users")[0], 403);
  EXPECT_THAT(fetched(clerk, "GET", "/api/search?text=" + number)[1].get<std::string>(),
              HasSubstr("\"items\":[]"));
  EXPECT_EQ(submission(grey), accepted);
}

// Opened by another program than wrote it; texts that a spreadsheet would take for formulas stay
// texts.
TEST_F(DeskAtWork, AHeadTakesTheWorkbookHomeAndItAddsUp) {
  const std::string formula = "=HYPERLINK(\"http://127.0.0.1/\",\"点我\")";
  const auto now = std::time(nullptr) + 8 * 3600;
  std::array<char, 16> day{};
  std::strftime(day.data(), day.size(), "%Y-%m-%d", std::gmtime(&now));
  const std::string today = day.data();
  Browser head;
  sign_in(head, "suining");
  const auto paper = fetched(
      head, "POST", "/api/records",
      {{"office", "suining"},
       {"form", "website"},
       {"action", "new"},
       {"received", today},
       {"fields", {{"site_name", formula}, {"org_name", "+1+甲公司"}, {"icp", "@SUM(A1)"}}}});
  ASSERT_EQ(paper[0], 201) << paper[1];
  go(head, "/reports", ".offices-table");
  head.click(".filters button:nth-of-type(3)");  // this year
  head.wait_for_text("h1", today.substr(0, 4) + "-01-01");
  EXPECT_THAT(head.text(".bigs"), HasSubstr("收到材料"));
  head.click("a[href*='export.xlsx']");
  const TempDir folder;
  const auto file = folder.path() / "book.xlsx";
  write_file(file, head.await_download("登记汇总-suining-" + today + ".xlsx"));
  const auto read = folder.path() / "book.json";
  const auto open = "/usr/bin/python3 " SOURCE_DIR "/tests/support/open_xlsx.py '" + file.string() +
                    "' > '" + read.string() + "'";
  ASSERT_EQ(std::system(open.c_str()), 0);
  const auto book = Json::parse(read_file(read));
  std::size_t rows = 0;
  std::vector<Json> texts;
  for (const auto& [sheet, lines] : book.items()) {
    if (sheet == "汇总") continue;
    rows += lines.size() - 1;  // below its heads
    for (const auto& line : lines)
      for (const auto& cell : line)
        if (!cell[0].is_null()) {
          EXPECT_EQ(cell[1], "s") << sheet << cell;
          texts.push_back(cell[0]);
        }
  }
  for (const auto& text :
       {formula, std::string("+1+甲公司"), std::string("@SUM(A1)"), paper_number(paper),
        submission(grey).at("number").get<std::string>(), grey.platform})
    EXPECT_THAT(texts, testing::Contains(Json(text)));
  std::size_t totals = 0;
  for (const auto& line : book.at("汇总"))
    if (line[0][0] == "合计") {
      ++totals;
      Json last;
      for (const auto& cell : line)
        if (!cell[0].is_null()) last = cell[0];
      EXPECT_EQ(last, rows);
    }
  EXPECT_EQ(totals, 3u) << "by form, by office, by class of registrant";
  EXPECT_THAT(complaints(head), IsEmpty());
}

}  // namespace
}  // namespace dengji::test
