// What a person does with a page in Chromium, for tests: look, click, type. Things are named by CSS
// selectors, the first match counts; each step waits until it is possible, and throws
// WebDriverError when it is still not after `patience`. Needs Debian's chromium and
// chromium-driver. One thread.
#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/web_driver.hpp"

namespace dengji::test {

namespace key {  // https://www.w3.org/TR/webdriver2/#keyboard-actions
inline const std::string backspace = "\uE003", tab = "\uE004", enter = "\uE007", shift = "\uE008",
                         control = "\uE009", alt = "\uE00A", escape = "\uE00C", end = "\uE010",
                         home = "\uE011", left = "\uE012", up = "\uE013", right = "\uE014",
                         down = "\uE015", remove = "\uE017";
}  // namespace key

class Browser {
 public:
  explicit Browser(int width = 1280, int height = 800);  // of the page, in CSS pixels

  void open(const std::string& url);
  std::string url() const;

  void click(const std::string& css);
  void type(const std::string& css, const std::string& text);  // into an input, after what is there
  void replace(const std::string& css, const std::string& text);  // instead of what is there
  // To whatever has the focus, key by key. Shift, control and alt stay down until the end of
  // `keys`.
  void press(const std::string& keys);

  std::string text(const std::string& css);  // as it is seen
  std::string attribute(const std::string& css, const std::string& name);
  std::string value(const std::string& css);        // of an input
  std::size_t count(const std::string& css) const;  // at once, without waiting
  // The body of a function in JavaScript; `arguments` are its arguments.
  nlohmann::json run(const std::string& script,
                     const nlohmann::json& arguments = nlohmann::json::array()) const;

  void wait_for(const std::string& css);
  void wait_for_text(const std::string& css, const std::string& part);
  void wait_until_gone(const std::string& css);
  void wait_until(const std::string& what, const std::function<bool()>& done) const;

  void screenshot(const std::filesystem::path& png) const;
  // What the console said since the last call: errors of scripts, refused by
  // Content-Security-Policy ...
  std::vector<std::string> console() const;
  std::string await_download(const std::string& name) const;  // the bytes of the file

  std::chrono::seconds patience{20};

 private:
  using Step = std::function<nlohmann::json(const std::string& element)>;
  nlohmann::json with(const std::string& css, const Step& step) const;

  WebDriver driver_;
};

}  // namespace dengji::test
