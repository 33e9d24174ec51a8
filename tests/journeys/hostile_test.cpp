// Mails full of scripts, read by a real dengjid, in front of a clerk in Chromium: subjects,
// senders' names, names of files by RFC 2231 and RFC 2047, cells of forms. What real mails cannot
// carry (what the eye reads, failures of servers) is page_test.cpp's.
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "tests/journeys/clerk.hpp"
#include "tests/journeys/office.hpp"
#include "tests/support/hostile_texts.hpp"

namespace dengji::test {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;
using Json = nlohmann::json;

// Blanks, line ends and what cannot be seen are not kept as they came; nor is an underline at the
// end of a form's cell.
std::string bare(const std::string& text) {
  std::string kept;
  for (const char c : text)
    if (std::string_view(" \t\r\n\xe2\x80\xae_").find(c) == std::string_view::npos) kept += c;
  return kept;
}

class Unseen {  // texts that were not yet seen where they belong
 public:
  explicit Unseen(const std::vector<std::string>& texts) {
    for (const auto& text : texts) texts_.insert(bare(text));
  }
  void look(const std::string& shown) {
    const auto seen = bare(shown);
    std::erase_if(texts_, [&](const auto& text) { return seen.find(text) != std::string::npos; });
  }
  const std::set<std::string>& texts() const { return texts_; }

 private:
  std::set<std::string> texts_;
};

struct HostileMails : testing::Test {
  HostileMails() {
    office.set("undo_seconds", "0");
    office.set("per_day", "1000");
    for (const auto* code : {"scan.missing", "certificate.missing", "commitment.missing",
                             "field.missing", "field.invalid", "attachment.unsupported",
                             "form.unknown", "form.missing", "form.unreadable"})
      office.set('"' + std::string(code) + '"', "\"doubt\"");
  }
  // The number of mails.
  int bring(const std::vector<std::string>& texts) {
    const auto list = folder.path() / "texts.json";
    std::ofstream(list) << Json(texts);
    const auto make = "python3 '" SOURCE_DIR "/tests/support/hostile_mails.py' '" + list.string() +
                      "' '" + folder.path().string() + "'";
    EXPECT_EQ(std::system(make.c_str()), 0);
    int count = 0;
    for (const auto& mail : fs::directory_iterator(folder.path()))
      if (mail.path().extension() == ".eml" && ++count > 0)
        servers.deliver("p@hostile.example", "suining@wxb.example", read_file(mail.path()));
    return count;
  }
  std::string text_of(const Browser& browser, const std::string& css) const {
    return browser.run(
        "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent).join('\\n')",
        {css});
  }
  void expect_calm(const Browser& browser, const std::string& where) {
    EXPECT_TRUE(browser.run("return window.xss === undefined")) << where;
    EXPECT_EQ(browser.run("return location.origin + '/'"), desk) << where;
  }

  TempDir folder;
  MailServers servers;
  Office office{servers};
  std::string desk;
};

TEST_F(HostileMails, AreTextToTheClerk) {
  const auto texts = hostile_texts();
  ASSERT_EQ(texts.size(), 500U);
  ASSERT_EQ(bring(texts), 50);
  ASSERT_EQ(office.once().status, 0) << office.log();
  const auto made = office.run(DENGJI, "user add city --role city --display 张三").output;
  Office::Daemon daemon(office);
  desk = daemon.desk();
  Browser browser;
  sign_in(browser, desk, "city", made.substr(0, made.find('\n')));
  browser.wait_for(".items tbody tr");
  expect_calm(browser, "queue");
  Unseen subjects(texts), values(texts), kept_values(texts);
  std::vector<std::string> nameable;
  for (const auto& text : texts)
    if (text.find_first_of("/\\") == std::string::npos) nameable.push_back(text);
  Unseen names(nameable);
  std::set<std::string> numbers;
  const auto held = Json::parse(office.run(DENGJI, "list --json --limit 1000").output);
  ASSERT_GE(held.size(), 50U);
  for (const auto& one : held) {
    const std::string id = one.at("submission");
    go(browser, "/review/" + id, ".review");
    browser.wait_until("its page", [&] {
      return browser.run("return document.querySelector('.review').dataset.id") == id;
    });
    subjects.look(text_of(browser, ".about"));
    values.look(text_of(browser, ".fields"));
    names.look(text_of(browser, ".tabs"));
    expect_calm(browser, id);
    if (one.at("form") != "website") continue;
    browser.press("a");
    browser.wait_until("the letter", [&] {
      return browser.run("return Boolean(document.querySelector('dialog textarea')?.value)")
          .get<bool>();
    });
    expect_calm(browser, "letter of " + id);
    browser.press(key::enter);
    browser.wait_until_gone("dialog");
  }
  EXPECT_THAT(subjects.texts(), IsEmpty());
  EXPECT_THAT(values.texts(), IsEmpty());
  EXPECT_THAT(names.texts(), IsEmpty());
  browser.wait_until("the records", [&] {
    numbers.clear();
    for (const auto& one : Json::parse(office.run(DENGJI, "list --json --limit 1000").output))
      if (!one.at("number").get<std::string>().empty()) numbers.insert(one.at("number"));
    return numbers.size() == 50;
  });
  for (const auto& number : numbers) {
    go(browser, "/record/" + number, ".record .version");
    browser.wait_for_text(".record h1", number);
    kept_values.look(text_of(browser, ".record"));
    expect_calm(browser, number);
  }
  EXPECT_THAT(kept_values.texts(), IsEmpty());
  for (const auto& [hash, ready] :
       {std::pair("/search?text=夜话", ".items tbody tr"), std::pair("/mailboxes", ".figures"),
        std::pair("/reports", ".offices-table"), std::pair("/queue", "main h1")}) {
    go(browser, hash, ready);
    expect_calm(browser, hash);
  }
  EXPECT_THAT(complaints(browser), IsEmpty());
}

}  // namespace
}  // namespace dengji::test
