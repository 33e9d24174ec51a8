// What the tests of this folder share: a state directory that is gone afterwards, a register in it,
// and made-up messages and submissions.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "store/database.hpp"
#include "store/register.hpp"

namespace dengji {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "dengji-store-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline const std::vector<std::pair<std::string, std::string>> test_prefixes = {{"east", "DQ"},
                                                                               {"west", "XQ"}};
inline constexpr Seconds noon = 1'534'737'600;  // 2018-08-20T12:00:00+08:00

inline Incoming mail(int n) {
  const std::string digits = std::to_string(n);
  return {"east", "east-inbox", "7", digits, std::string(64 - digits.size(), 'a') + digits,
          1000,   noon,         noon};
}

inline SettledSubmission accepted(const std::string& platform) {
  SettledSubmission one;
  one.platform = platform;
  one.form = "website";
  one.action = "new";
  one.registrant_name = "某某网络有限公司";
  one.registrant_class = "organisation";
  one.id_type = "uscc";
  one.id_number = "91430500MA4L0000X1";
  one.fields_json = R"({"site_name":"x"})";
  one.facts_json = "{}";
  one.files = {{"表.doc", "form", std::string(64, 'b'), ""}};
  one.decision = Decision::accept;
  one.change = RecordChange::create;
  return one;
}

inline Settlement settlement(Id message, std::vector<SettledSubmission> submissions) {
  Settlement given;
  given.message = message;
  given.from = "li@company.example";
  given.subject = "登记";
  given.submissions = std::move(submissions);
  given.now = noon + 60;
  given.year = "2018";
  return given;
}

inline Letter letter(const std::string& id, const std::string& to = "li@company.example") {
  return {"receipt", to, "回执", "Message-ID: <" + id + ">\r\n\r\nbody\r\n", "<" + id + ">"};
}

inline Compose composing(const std::string& id) {
  return [id](const std::vector<Filed>&) { return letter(id); };
}

class StoreTest : public testing::Test {
 protected:
  Id receive_and_claim(int n) {
    reg.receive(mail(n));
    const auto claim = reg.claim(noon, 100);
    return claim ? claim->message : 0;
  }

  TemporaryDirectory directory;
  Database database{directory.path(), Database::Mode::owner};
  Register reg{database, test_prefixes};
  Outbox outbox{database};
};

}  // namespace dengji
