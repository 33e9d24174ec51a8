// The desk's page as dengjid serves it, in front of answers that a test makes up: what a page does
// with hostile text and with failures that the real server does not produce on demand. Answers are
// asked for in threads of the server, one at a time.
#pragma once
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace dengji::test {

struct CannedAnswer {
  int status = 200;
  nlohmann::json body;
};

class CannedDesk {
 public:
  // `path` is what stands behind /api/, still percent-encoded, without the query.
  using Answer = std::function<CannedAnswer(const std::string& method, const std::string& path)>;
  explicit CannedDesk(Answer);
  ~CannedDesk();
  CannedDesk(const CannedDesk&) = delete;
  CannedDesk& operator=(const CannedDesk&) = delete;

  std::string url() const;  // "http://127.0.0.1:1234/"

  // The name under which tests/data/desk/answers.json keeps the answer to this request, "" if none.
  static std::string name_of(const std::string& method, const std::string& path);
  static nlohmann::json answers();  // that file, each "ITEM" replaced by the item itself

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dengji::test
