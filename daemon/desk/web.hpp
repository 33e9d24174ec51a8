// One question of a browser and its answer, as plain values: what the routes see of HTTP.
#pragma once
#include <functional>
#include <map>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "daemon/form_json.hpp"

namespace dengji {

struct WebRequest {
  std::string method, path;                    // path decoded, without the query
  std::map<std::string, std::string> query;    // decoded
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // capped by the server

  std::string header(const std::string& name) const;
  std::string asked(const std::string& key) const;  // of the query, "" where absent
  std::string cookie(const std::string& name) const;
};

struct WebResponse {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::function<void(std::ostream&)> stream;  // instead of body, for what is large
};

// What the person did wrong or may not do, thrown by routes. message: Simplified Chinese.
struct WebError : std::runtime_error {
  WebError(int status_code, std::string error_code, const std::string& message)
      : std::runtime_error(message), status(status_code), code(std::move(error_code)) {}
  int status;
  std::string code;
};
[[noreturn]] void not_found();

WebResponse json_response(const Json&, int status = 200);
WebResponse nothing_more();  // 204
// To be saved under its name (RFC 6266), never shown: it is foreign data.
WebResponse download(std::string bytes, const std::string& name, const std::string& type);

// A JSON object sent as the body; throws WebError 400.
Json body_of(const WebRequest&);
// A text member, trimmed, of at most `longest` bytes; throws WebError 400 for another type.
std::string text_of(const Json& object, const char* key, std::size_t longest = 4000);

}  // namespace dengji
