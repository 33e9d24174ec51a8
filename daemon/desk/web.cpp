#include "daemon/desk/web.hpp"

#include "parsers/text.hpp"

namespace dengji {

namespace {

// RFC 5987's attr-char.
std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view plain = "!#$&+-.^_`|~";
  std::string out;
  for (const char c : text) {
    const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (alnum || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      static constexpr std::string_view digits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

}  // namespace

std::string WebRequest::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string WebRequest::asked(const std::string& key) const {
  const auto found = query.find(key);
  return found == query.end() ? "" : found->second;
}

std::string WebRequest::cookie(const std::string& name) const {
  const std::string all = header("cookie");
  for (std::size_t at = 0; at < all.size();) {
    const auto end = std::min(all.find(';', at), all.size());
    const auto start = std::min(all.find_first_not_of(' ', at), end);
    if (all.compare(start, name.size() + 1, name + "=") == 0)
      return all.substr(start + name.size() + 1, end - start - name.size() - 1);
    at = end + 1;
  }
  return "";
}

void not_found() { throw WebError(404, "not-found", "没有这一项，或者不在您的管辖范围内。"); }

WebResponse json_response(const Json& json, int status) {
  WebResponse response;
  response.status = status;
  response.body = dumped(json, -1);
  return response;
}

WebResponse nothing_more() {
  WebResponse response;
  response.status = 204;
  return response;
}

WebResponse download(std::string bytes, const std::string& name, const std::string& type) {
  WebResponse response;
  response.type = type;
  response.body = std::move(bytes);
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename*=UTF-8''" + percent_encoded(name));
  return response;
}

Json body_of(const WebRequest& request) {
  auto json = Json::parse(request.body, nullptr, false);
  if (!json.is_object()) throw WebError(400, "bad-request", "请求的内容不是JSON对象。");
  return json;
}

std::string text_of(const Json& object, const char* key, std::size_t longest) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return "";
  if (!found->is_string()) throw WebError(400, "bad-request", std::string(key) + "应为文字。");
  auto text = std::string(trim(found->get<std::string>()));
  if (text.size() > longest) throw WebError(400, "bad-request", std::string(key) + "太长。");
  return text;
}

}  // namespace dengji
