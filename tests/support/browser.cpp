#include "tests/support/browser.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <thread>

namespace dengji::test {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

// What may be otherwise in a moment, when the page has drawn itself.
bool may_pass(const WebDriverError& error) {
  static const std::array passing = {"no such element", "stale element reference",
                                     "element not interactable", "element click intercepted",
                                     "invalid element state"};
  return std::find(passing.begin(), passing.end(), error.code) != passing.end();
}

void rest() { std::this_thread::sleep_for(std::chrono::milliseconds(30)); }

std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> all;
  for (const char byte : text) {
    const bool continues = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
    if (continues && !all.empty())
      all.back() += byte;
    else
      all.emplace_back(1, byte);
  }
  return all;
}

json key_actions(const std::string& keys) {
  json actions = json::array();
  std::vector<std::string> held;
  for (const std::string& one : characters(keys)) {
    actions.push_back({{"type", "keyDown"}, {"value", one}});
    if (one == key::shift || one == key::control || one == key::alt)
      held.push_back(one);
    else
      actions.push_back({{"type", "keyUp"}, {"value", one}});
  }
  for (const std::string& one : held) actions.push_back({{"type", "keyUp"}, {"value", one}});
  return actions;
}

}  // namespace

// A window has a frame, so that the page is smaller: how much is known once there is one.
Browser::Browser(int width, int height) {
  const json frame = run("return [outerWidth - innerWidth, outerHeight - innerHeight]");
  driver_.post("/window/rect",
               {{"width", width + frame[0].get<int>()}, {"height", height + frame[1].get<int>()}});
}

void Browser::open(const std::string& url) { driver_.post("/url", {{"url", url}}); }

std::string Browser::url() const { return driver_.get("/url"); }

void Browser::click(const std::string& css) {
  with(css, [this](const std::string& e) {
    return driver_.post("/element/" + e + "/click", json::object());
  });
}

void Browser::type(const std::string& css, const std::string& text) {
  with(css, [&](const std::string& e) {
    return driver_.post("/element/" + e + "/value", {{"text", text}});
  });
}

void Browser::replace(const std::string& css, const std::string& text) {
  with(css, [this](const std::string& e) {
    return driver_.post("/element/" + e + "/clear", json::object());
  });
  type(css, text);
}

void Browser::press(const std::string& keys) {
  const json keyboard = {{"type", "key"}, {"id", "keyboard"}, {"actions", key_actions(keys)}};
  driver_.post("/actions", {{"actions", json::array({keyboard})}});
}

std::string Browser::text(const std::string& css) {
  return with(css, [this](const std::string& e) { return driver_.get("/element/" + e + "/text"); });
}

std::string Browser::attribute(const std::string& css, const std::string& name) {
  const json found = with(css, [&](const std::string& e) {
    return driver_.get("/element/" + e + "/attribute/" + name);
  });
  return found.is_null() ? "" : found.get<std::string>();
}

std::string Browser::value(const std::string& css) {
  return with(css, [this](const std::string& e) {
    return driver_.get("/element/" + e + "/property/value");
  });
}

std::size_t Browser::count(const std::string& css) const {
  return driver_.post("/elements", {{"using", "css selector"}, {"value", css}}).size();
}

json Browser::run(const std::string& script, const json& arguments) const {
  return driver_.post("/execute/sync", {{"script", script}, {"args", arguments}});
}

void Browser::wait_for(const std::string& css) {
  wait_until("see " + css, [&] { return count(css) > 0; });
}

void Browser::wait_for_text(const std::string& css, const std::string& part) {
  wait_until("see \"" + part + "\" in " + css, [&] {
    const json shown =
        run("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')",
            {css});
    return shown.get<std::string>().find(part) != std::string::npos;
  });
}

void Browser::wait_until_gone(const std::string& css) {
  wait_until("no longer see " + css, [&] { return count(css) == 0; });
}

void Browser::wait_until(const std::string& what, const std::function<bool()>& done) const {
  const auto end = Clock::now() + patience;
  while (!done()) {
    if (Clock::now() > end)
      throw WebDriverError("timeout", "cannot " + what + " on " + url() + ", which shows:\n" +
                                          run("return document.body.innerText").get<std::string>());
    rest();
  }
}

void Browser::screenshot(const std::filesystem::path& png) const {
  const std::string encoded = driver_.get("/screenshot");
  std::string bytes(encoded.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                        encoded.data(), encoded.size(), "\r\n", &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0)
    throw WebDriverError("unknown error", "a screenshot that is not base64");
  write_file(png, bytes.substr(0, size));
}

std::vector<std::string> Browser::console() const {
  std::vector<std::string> lines;
  for (const json& entry : driver_.post("/se/log", {{"type", "browser"}}))
    lines.push_back(entry.at("level").get<std::string>() + " " +
                    entry.at("message").get<std::string>());
  return lines;
}

std::string Browser::await_download(const std::string& name) const {
  const std::filesystem::path file = driver_.downloads() / name;
  wait_until("download " + name, [&] { return std::filesystem::exists(file); });
  return read_file(file);
}

json Browser::with(const std::string& css, const Step& step) const {
  const auto end = Clock::now() + patience;
  while (true) {
    try {
      const json found = driver_.post("/element", {{"using", "css selector"}, {"value", css}});
      return step(found.begin().value());
    } catch (const WebDriverError& error) {
      if (!may_pass(error) || Clock::now() > end) throw;
    }
    rest();
  }
}

}  // namespace dengji::test
