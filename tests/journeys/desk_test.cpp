// Clerks at work: a real dengjid with real mails, its desk in Chromium, letters through Postfix.
// The tests go on from each other, in their order, as a day's work does.
#include <gmock/gmock.h>

#include <array>
#include <ctime>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "parsers/message.hpp"
#include "tests/journeys/office.hpp"
#include "tests/support/browser.hpp"

namespace dengji::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
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
  // What the console complained of, but for being asked to sign in.
  static std::vector<std::string> complaints(const Browser& browser) {
    auto lines = browser.console();
    std::erase_if(lines, [](const std::string& line) {
      return line.find("/api/session - ") != std::string::npos &&
             line.find("401") != std::string::npos;
    });
    return lines;
  }

  static void sign_in(Browser& browser, const std::string& name) {
    browser.open(daemon_->desk());
    browser.type("[name=name]", name);
    browser.type("[name=password]", passwords_.at(name));
    browser.press(key::enter);
    browser.wait_for("h1");
  }
  static void review(Browser& browser, const std::string& submission) {
    browser.run("location.hash = '/review/' + arguments[0]", {submission});
    browser.wait_for(".stage img");
    browser.wait_until("the page's picture", [&] {
      return browser.run("return document.querySelector('.stage img').naturalWidth > 100")
          .get<bool>();
    });
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
  browser.wait_for_text(".items", grey.platform);
  browser.press(key::enter);  // opens what is chosen
  browser.wait_for(".stage img");
  review(browser, id(grey));
  browser.press("n");
  decide(browser, "x");
  browser.wait_for_text(".undo", "撤销");
  browser.press("u");
  browser.wait_until("the case to wait again",
                     [&] { return browser.count(".state-line.ruled") == 0; });
  review(browser, id(grey));
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

TEST_F(DeskAtWork, AHeadTakesTheWorkbookHome) {
  Browser head;
  sign_in(head, "suining");
  head.run("location.hash = '/reports'");
  head.click("a[href*='export.xlsx']");
  const auto now = std::time(nullptr) + 8 * 3600;
  std::array<char, 16> day{};
  std::strftime(day.data(), day.size(), "%Y-%m-%d", std::gmtime(&now));
  const auto book = head.await_download(std::string("登记汇总-suining-") + day.data() + ".xlsx");
  EXPECT_THAT(book, StartsWith("PK"));
  EXPECT_THAT(complaints(head), IsEmpty());
}

}  // namespace
}  // namespace dengji::test
