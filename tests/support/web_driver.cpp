#include "tests/support/web_driver.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::test {
namespace {

using nlohmann::json;

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* answer) {
  static_cast<std::string*>(answer)->append(bytes, size * count);
  return size * count;
}

[[noreturn]] void become_driver(int output, const std::string& log) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(output, STDOUT_FILENO);
  dup2(open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600), STDERR_FILENO);
  execlp("chromedriver", "chromedriver", "--port=0", nullptr);
  _exit(127);
}

}  // namespace

// chromedriver itself: it says on its standard output which port it has taken.
class WebDriver::Program {
 public:
  explicit Program(const std::filesystem::path& log) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw WebDriverError("no driver", "pipe2");
    pid_ = fork();
    if (pid_ == 0) become_driver(ends[1], log.string());
    close(ends[1]);
    output_ = ends[0];
    port = await_port();
  }
  ~Program() {
    if (pid_ > 0) {
      kill(pid_, SIGTERM);
      waitpid(pid_, nullptr, 0);
    }
    close(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int port = 0;

 private:
  int await_port() const {
    const std::string words = "started successfully on port ";
    std::string said;
    char bytes[512];
    for (ssize_t count; (count = read(output_, bytes, sizeof bytes)) > 0;) {
      said.append(bytes, static_cast<std::size_t>(count));
      const std::size_t at = said.find(words);
      if (at == std::string::npos || said.find('.', at) == std::string::npos) continue;
      return std::stoi(said.substr(at + words.size()));
    }
    return 0;
  }

  pid_t pid_ = -1;
  int output_ = -1;
};

WebDriver::WebDriver() {
  std::filesystem::create_directory(downloads());
  driver_ = std::make_unique<Program>(directory_.path() / "chromedriver.log");
  if (driver_->port == 0)
    throw WebDriverError("no driver", "chromedriver (package chromium-driver) does not start");
  const json answer = call("POST", "/session", capabilities().dump());
  session_ = "/session/" + answer.at("sessionId").get<std::string>();
  browser_ = answer.at("capabilities").value("goog:processID", 0);
}

WebDriver::~WebDriver() {
  try {
    if (!session_.empty()) call("DELETE", session_, "");
  } catch (const std::exception&) {
    // A driver that no longer answers cannot close its browser.
    if (browser_ > 0) kill(browser_, SIGKILL);
  }
}

json WebDriver::post(const std::string& command, const json& body) const {
  return call("POST", session_ + command, body.dump());
}

json WebDriver::get(const std::string& command) const {
  return call("GET", session_ + command, "");
}

// No service of the browser's maker is asked, and no name but this machine's is found.
json WebDriver::capabilities() const {
  const json arguments = {"--headless",
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-dev-shm-usage",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync",
                          "--lang=zh-CN",
                          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                          "--user-data-dir=" + (directory_.path() / "profile").string()};
  const json preferences = {{"download.default_directory", downloads().string()},
                            {"download.prompt_for_download", false}};
  const json wanted = {{"browserName", "chrome"},
                       {"goog:loggingPrefs", {{"browser", "ALL"}}},
                       {"goog:chromeOptions", {{"args", arguments}, {"prefs", preferences}}}};
  return {{"capabilities", {{"alwaysMatch", wanted}}}};
}

json WebDriver::call(const char* method, const std::string& path, const std::string& body) const {
  const std::string url = "http://127.0.0.1:" + std::to_string(driver_->port) + path;
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  std::string answer;
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 120L);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer);
  if (!body.empty()) curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) throw WebDriverError("no driver", path + ": " + curl_easy_strerror(code));
  json value = json::parse(answer).at("value");
  if (value.is_object() && value.contains("error"))
    throw WebDriverError(value["error"], path + " " + body + ": " + value.value("message", ""));
  return value;
}

}  // namespace dengji::test
