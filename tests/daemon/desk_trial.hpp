// The desk without a browser or a socket: a register with people in two offices, mails that are
// read as held, a clock that a test moves.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "daemon/casework.hpp"
#include "daemon/desk/desk.hpp"
#include "daemon/intake.hpp"
#include "daemon/page_render.hpp"
#include "daemon/registering.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji::test {

// A mail's bytes name its platform: a black-and-white copy, so that it is held, or one in colour
// without a seal, which is sent back, where "无章" is among them; "毒" ends the reader.
inline ReaderProcess::Prepare held_reader() {
  return [] {
    return [](std::string_view raw) {
      if (raw.find("毒") != std::string_view::npos) ::_exit(1);
      auto reading = right_website();
      page(reading, scan_file).quality.monochrome = raw.find("无章") == std::string_view::npos;
      page(reading, scan_file).seals.clear();
      field(reading, "site_name").value = std::string(raw);
      reading.submissions[0].platform = std::string(raw);
      return to_wire(reading);
    };
  };
}

inline Config config_in(const std::filesystem::path& state) {
  Config config = shipped_config();
  config.state = state;
  config.desk.undo_seconds = 60;
  return config;
}

class DeskTrial : public ::testing::Test {
 protected:
  void SetUp() override {
    parts_.staff.add({"wang", "王五", StaffRole::clerk, "shuangqing", false, false}, password_,
                     "root", now_);
    parts_.staff.add({"zhao", "赵六", StaffRole::clerk, "dongkou", false, false}, password_, "root",
                     now_);
    parts_.staff.add({"head", "周主任", StaffRole::head, "shuangqing", false, false}, password_,
                     "root", now_);
    parts_.staff.add({"audit", "审计", StaffRole::auditor, "", false, false}, password_, "root",
                     now_);
  }

  void arrive(const std::string& platform, const std::string& office = "shuangqing") {
    const auto sha256 = blobs_.put(platform);
    records_.receive({office, office, "1", std::to_string(++uid_), sha256, 10, received, received});
    while (intake_.step(at(now_))) {
    }
  }

  struct Browser {  // one signed-in person
    std::string cookie, csrf;
  };
  Browser sign_in(const std::string& name) {
    WebRequest request{
        "POST", "/api/session", {}, {}, "",
    };
    request.body = dumped({{"name", name}, {"password", password_}}, -1);
    const auto response = desk_.answer(request, now_);
    EXPECT_EQ(response.status, 200) << response.body;
    const auto& set = header(response, "Set-Cookie");
    return {set.substr(0, set.find(';')), Json::parse(response.body).at("csrf")};
  }
  static std::string header(const WebResponse& response, const std::string& name) {
    for (const auto& [key, value] : response.headers)
      if (key == name) return value;
    return "";
  }
  WebResponse ask(const Browser& who, const std::string& method, const std::string& path,
                  const Json& body = Json::object()) {
    WebRequest request{method, path, {}, {{"cookie", who.cookie}, {"x-csrf-token", who.csrf}}, ""};
    if (const auto mark = path.find('?'); mark != std::string::npos) {
      const auto pair = path.substr(mark + 1);
      request.path = path.substr(0, mark);
      request.query[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
    }
    if (method != "GET") request.body = dumped(body, -1);
    return desk_.answer(request, now_);
  }
  Json get(const Browser& who, const std::string& path) {
    const auto response = ask(who, "GET", path);
    EXPECT_EQ(response.status, 200) << path << response.body;
    return Json::parse(response.body);
  }
  WebResponse decide(const Browser& who, const std::string& id, const std::string& kind,
                     const Json& version) {
    const auto letter =
        Json::parse(ask(who, "POST", "/api/submissions/" + id + "/letter", {{"kind", kind}}).body);
    return ask(who, "POST", "/api/submissions/" + id + "/ruling",
               {{"kind", kind},
                {"version", version},
                {"subject", letter.at("subject")},
                {"body", letter.at("body")}});
  }
  void later(Seconds seconds) {
    now_ += seconds;
    casework_.remind(at(now_));
    while (casework_.step(now_)) {
    }
  }
  // All that is owed goes out; the letters.
  std::vector<Letter> post() {
    std::vector<Letter> letters;
    while (const auto owed = outbox_.next(now_)) {
      letters.push_back(owed->letter);
      outbox_.sent(owed->id, now_);
    }
    return letters;
  }

  TempDir dir_;
  const std::string password_ = "correct horse";
  const Config config_ = config_in(dir_.path() / "state");
  ReaderProcess reader_{held_reader(), reader_limits(config_)};
  ReaderProcess renderer_{page_renderer(), reader_limits(config_)};
  Database database_{config_.state, Database::Mode::owner};
  Register records_{database_, prefixes_of(config_)};
  Outbox outbox_{database_};
  Blobs blobs_{config_.state / "blobs"};
  Intake intake_{{config_, records_, outbox_, blobs_, reader_, "secret"}};
  Casework casework_{config_, database_, records_, "secret"};
  DeskParts parts_{config_, blobs_, renderer_};
  Desk desk_{config_, blobs_, renderer_};
  std::int64_t now_ = received + 60;
  int uid_ = 0;
};

}  // namespace dengji::test
