// The browser of the journeys against a page of a few lines, so that a desk that fails is not
// suspected of what the driver does.
#include "tests/support/browser.hpp"

#include <gmock/gmock.h>

#include <utility>

#include "tests/support/scripted_server.hpp"

namespace dengji::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

const std::string script = R"(
  document.addEventListener('keydown', e => {
    document.querySelector('#keys').append((e.ctrlKey ? 'ctrl+' : '') + e.key + ' ');
  });
  document.querySelector('#later').addEventListener('click', () => setTimeout(() => {
    const made = document.createElement('p');
    made.id = 'made';
    made.textContent = '待审的材料';
    document.body.append(made);
  }, 200));
  console.error('said aloud');
)";
const std::string page = R"(<!DOCTYPE html><meta charset="utf-8"><title>一页</title>
  <link rel="icon" href="data:,"><p id="keys"></p><input id="name" value="旧"><button id="later">later</button>
  <a id="file" href="/list.csv">list</a><script src="/script.js"></script><script>window.inline = 1</script>)";

std::string answer(const std::string& type, const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + type + "\r\n" + more +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void serve(Peer& peer) {
  const std::string request = peer.line();
  while (!peer.line().empty()) continue;
  if (request.starts_with("GET /script.js"))
    peer.say(answer("text/javascript", script));
  else if (request.starts_with("GET /list.csv"))
    peer.say(
        answer("text/csv", "一,二\n", "Content-Disposition: attachment; filename=list.csv\r\n"));
  else
    peer.say(answer("text/html", page, "Content-Security-Policy: script-src 'self'\r\n"));
}

struct BrowserTest : testing::Test {
  // One for all cases: a browser takes longer to start than they do.
  static void SetUpTestSuite() {
    server = new ScriptedServer(serve);
    browser = new Browser;
  }
  static void TearDownTestSuite() {
    delete browser;
    delete server;
  }
  void SetUp() override {
    browser->open("http://127.0.0.1:" + std::to_string(server->port()) + "/");
  }
  static ScriptedServer* server;
  static Browser* browser;
};
ScriptedServer* BrowserTest::server = nullptr;
Browser* BrowserTest::browser = nullptr;

TEST_F(BrowserTest, ShowsThePageInTheSizeAskedFor) {
  EXPECT_EQ(browser->run("return [innerWidth, innerHeight]"), (nlohmann::json{1280, 800}));
}

TEST_F(BrowserTest, TypesAndPressesKeys) {
  browser->replace("#name", "王小明");
  browser->type("#name", "！" + key::backspace + "！");
  EXPECT_EQ(browser->value("#name"), "王小明！");
  browser->press(key::tab);
  browser->press("j" + key::down);
  browser->press(key::control + key::enter);
  EXPECT_THAT(browser->text("#keys"), HasSubstr("j ArrowDown ctrl+Control ctrl+Enter"));
  EXPECT_EQ(browser->attribute("#name", "value"), "旧");
  EXPECT_EQ(browser->attribute("#name", "title"), "");
}

TEST_F(BrowserTest, WaitsForWhatComesLater) {
  browser->click("#later");
  EXPECT_EQ(browser->text("#made"), "待审的材料");
  browser->wait_for_text("p", "待审");
}

TEST_F(BrowserTest, SaysWhatItWaitedForInVain) {
  const auto patience = std::exchange(browser->patience, std::chrono::seconds(0));
  try {
    browser->wait_for("#never");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const WebDriverError& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot see #never"));
  }
  EXPECT_THROW(browser->click("#never"), WebDriverError);
  browser->patience = patience;
}

TEST_F(BrowserTest, TellsWhatTheConsoleSaidAndThePolicyRefused) {
  const std::vector<std::string> lines = browser->console();
  EXPECT_THAT(lines, Contains(HasSubstr("said aloud")));
  EXPECT_THAT(lines, Contains(HasSubstr("Content Security Policy")));
  EXPECT_TRUE(browser->run("return window.inline === undefined"));
}

TEST_F(BrowserTest, DownloadsFiles) {
  browser->click("#file");
  EXPECT_EQ(browser->await_download("list.csv"), "一,二\n");
}

TEST_F(BrowserTest, TakesPictures) {
  const TempDir directory;
  browser->screenshot(directory.path() / "page.png");
  EXPECT_TRUE(read_file(directory.path() / "page.png").starts_with("\x89PNG\r\n"));
}

}  // namespace
}  // namespace dengji::test
