// A chromedriver of its own on a loopback port, with one session of a headless Chromium: started by
// the constructor, both ended by the destructor. https://www.w3.org/TR/webdriver2/. One thread.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/support/temp_dir.hpp"

namespace dengji::test {

struct WebDriverError : std::runtime_error {
  WebDriverError(std::string error_code, const std::string& message)
      : std::runtime_error(error_code + ": " + message), code(std::move(error_code)) {}
  std::string code;  // "no such element" ..., or "no driver" where none answers
};

class WebDriver {
 public:
  WebDriver();  // throws WebDriverError
  ~WebDriver();
  WebDriver(const WebDriver&) = delete;
  WebDriver& operator=(const WebDriver&) = delete;

  // One command of the session ("/url", "/element" ...) and its value.
  nlohmann::json post(const std::string& command, const nlohmann::json& body) const;
  nlohmann::json get(const std::string& command) const;

  // Where the browser puts what is downloaded, without asking.
  std::filesystem::path downloads() const { return directory_.path() / "downloads"; }

 private:
  class Program;
  nlohmann::json call(const char* method, const std::string& path, const std::string& body) const;
  nlohmann::json capabilities() const;

  TempDir directory_;  // outlives the browser, whose profile lies there
  std::unique_ptr<Program> driver_;
  std::string session_;
  pid_t browser_ = 0;
};

}  // namespace dengji::test
