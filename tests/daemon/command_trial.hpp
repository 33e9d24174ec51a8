// A register of the shipped configuration's offices in a folder of its own, and the operator's
// commands run on it within this process.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "store/database.hpp"
#include "store/register.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji::test {

// What is printed on one of the standard streams while this lives.
class Captured {
 public:
  explicit Captured(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~Captured() { stream_.rdbuf(before_); }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::ostream& stream_;
  std::streambuf* before_;
};

class CommandTrial : public testing::Test {
 protected:
  struct Ran {
    int status = 0;
    std::string out, err;
  };

  CommandTrial() { ::setenv("DENGJI_STATE", state().c_str(), 1); }
  ~CommandTrial() override { ::unsetenv("DENGJI_STATE"); }

  std::filesystem::path state() const { return dir_.path() / "state"; }

  Ran run(int (*command)(const Arguments&), const std::vector<std::string>& words) {
    static const std::vector<std::string> with_value = {
        "config", "office", "from", "to", "days", "list", "message", "format", "output"};
    std::vector<const char*> argv = {"dengji"};
    for (const auto& word : words) argv.push_back(word.c_str());
    const Captured out(std::cout), err(std::cerr);
    const int status =
        command(Arguments(static_cast<int>(argv.size()), argv.data(), with_value, {"json"}));
    return {status, out.text(), err.text()};
  }

  // A mail of one submission to the office, settled; its id.
  Id file(const std::string& office, const SettledSubmission& submission, Seconds when = received) {
    const std::string digits = std::to_string(++mails_);
    records_.receive({office, office, "1", digits, std::string(64 - digits.size(), '0') + digits,
                      1000, when, when});
    Settlement given;
    given.message = records_.claim(when, 100)->message;
    given.from = "li@company.example";
    given.subject = "登记";
    given.submissions = {submission};
    given.now = when + 60;
    given.year = "2018";
    records_.settle(given, {});
    return given.message;
  }
  static SettledSubmission website(const std::string& platform, const std::string& holder) {
    SettledSubmission one;
    one.platform = platform;
    one.form = "website";
    one.action = "new";
    one.registrant_name = holder;
    one.registrant_class = "organisation";
    one.id_type = "uscc";
    one.id_number = "91430500MA4L0000X1";
    one.fields_json = R"({"org_name":")" + holder + R"(","site_name":")" + platform + "\"}";
    one.facts_json = "{}";
    one.decision = Decision::accept;
    one.change = RecordChange::create;
    return one;
  }
  static SettledSubmission rejected(const std::string& platform, const std::string& holder) {
    SettledSubmission one = website(platform, holder);
    one.decision = Decision::reject;
    one.change = RecordChange::none;
    one.findings = {{"seal.missing", Severity::defect, "扫描件.jpg", 1, "", "未见红色印章"}};
    return one;
  }

  TempDir dir_;
  Database database_{state(), Database::Mode::owner};
  Register records_{database_, {{"city", "SY"}, {"shuangqing", "SQ"}, {"dongkou", "DK"}}};
  int mails_ = 0;
};

}  // namespace dengji::test
