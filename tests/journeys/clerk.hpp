// What clerks do at the desk of a running daemon, in Chromium.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/browser.hpp"

namespace dengji::test {

inline void sign_in(Browser& browser, const std::string& desk, const std::string& name,
                    const std::string& password) {
  browser.open(desk);
  browser.type("[name=name]", name);
  browser.type("[name=password]", password);
  browser.press(key::enter);
  browser.wait_for("header.bar");
}

// The page of that hash, once `ready` stands on it.
inline void go(Browser& browser, const std::string& hash, const std::string& ready) {
  browser.run("location.hash = arguments[0]", {hash});
  browser.wait_for(ready);
}

// What the page's own script would ask: the status and the text of the answer.
inline nlohmann::json fetched(const Browser& browser, const std::string& method,
                              const std::string& path,
                              const nlohmann::json& body = nlohmann::json::object()) {
  static const char* const asks = R"(return (async (method, path, body) => {
    const token = (await (await fetch('/api/session')).json()).csrf;
    const bodiless = ['GET', 'HEAD'].includes(method);
    const answer = await fetch(path, {method, headers: {'X-CSRF-Token': token},
                                      body: bodiless ? undefined : JSON.stringify(body)});
    return [answer.status, await answer.text()];
  })(...arguments))";
  return browser.run(asks, {method, path, body});
}

// What the console complained of, but for being asked to sign in.
inline std::vector<std::string> complaints(const Browser& browser) {
  auto lines = browser.console();
  std::erase_if(lines, [](const std::string& line) {
    return line.find("/api/session - ") != std::string::npos &&
           line.find("401") != std::string::npos;
  });
  return lines;
}

}  // namespace dengji::test
