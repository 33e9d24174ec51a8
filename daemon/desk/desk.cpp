#include "daemon/desk/desk.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "daemon/keys.hpp"
#include "daemon/log.hpp"
#include "daemon/registering.hpp"
#include "store/database.hpp"

namespace dengji {

namespace {

constexpr Seconds viewer_is_gone_after = 10;

const std::map<std::string, std::string>& types() {
  static const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                                        {".js", "text/javascript; charset=utf-8"},
                                                        {".css", "text/css; charset=utf-8"},
                                                        {".svg", "image/svg+xml"}};
  return types;
}

std::string whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in || bytes.empty()) throw std::runtime_error("cannot read " + path.string());
  return bytes;
}

std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file() && types().contains(entry.path().extension().string()))
      files["/" + entry.path().filename().string()] = whole(entry.path());
  return files;
}

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < path.size();) {
    const auto end = std::min(path.find('/', at + 1), path.size());
    parts.push_back(path.substr(at + 1, end - at - 1));
    at = end;
  }
  return parts;
}

// The variable parts where the path is the route's.
std::optional<std::vector<std::string>> matched(const Route& route,
                                                const std::vector<std::string>& parts) {
  const auto pattern = parts_of(route.path);
  if (pattern.size() != parts.size()) return std::nullopt;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (pattern[i] == ":")
      words.push_back(parts[i]);
    else if (pattern[i] != parts[i])
      return std::nullopt;
  }
  return words;
}

bool allowed(Needs needs, const StaffMember& who) {
  switch (needs) {
    case Needs::nothing:
    case Needs::session:
      return true;
    case Needs::decide:
      return who.decides();
    case Needs::exports:
      return who.exports();
    case Needs::manage:
      return who.manages();
  }
  return false;
}

bool same(const std::string& a, const std::string& b) {
  unsigned char difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

// Only the page itself may ask for a change: a browser says from where a request comes, and a
// stranger's page does not know the token.
void refuse_forged(const WebRequest& request, const std::string& csrf) {
  const auto site = request.header("sec-fetch-site");
  if ((!site.empty() && site != "same-origin") ||
      (!csrf.empty() && !same(request.header("x-csrf-token"), csrf)))
    throw WebError(403, "csrf", "请求不是从本页面发出的，请刷新页面后重试。");
}

void protect(WebResponse& response, bool secure) {
  static const std::vector<std::pair<const char*, const char*>> headers{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
       "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
       "require-trusted-types-for 'script'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"}};
  for (const auto& [name, value] : headers) response.headers.emplace_back(name, value);
  if (secure) response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace

void Viewers::looks(const std::string& name, Id submission, Seconds now) {
  const std::lock_guard lock(guard_);
  looks_[name] = {submission, now};
}

std::vector<std::string> Viewers::others(Id submission, const std::string& name, Seconds now) {
  const std::lock_guard lock(guard_);
  std::erase_if(looks_, [&](const auto& of) { return now - of.second.at > viewer_is_gone_after; });
  std::vector<std::string> names;
  for (const auto& [of, look] : looks_)
    if (of != name && look.submission == submission) names.push_back(of);
  return names;
}

DeskParts::DeskParts(const Config& configuration, Blobs& raw, ReaderProcess& renderer)
    : config(configuration),
      database(config.state, Database::Mode::guest, keyring_of(config)),
      records(database, prefixes_of(config)),
      rulings(database, prefixes_of(config)),
      staff(database),
      queue(database),
      blobs(raw),
      pages(renderer) {}

bool may_see(const StaffMember& who, const std::string& office) {
  return who.all_offices() || (!office.empty() && who.office == office);
}

std::string bound_office(const Asked& asked, const std::string& wanted) {
  if (asked.who().all_offices()) return wanted;
  if (!wanted.empty() && wanted != asked.who().office) not_found();
  return asked.who().office;
}

Id id_of(const std::string& word, char letter) {
  Id id = 0;
  if (word.size() < 2 || word[0] != letter) not_found();
  const auto [end, error] = std::from_chars(word.data() + 1, word.data() + word.size(), id);
  if (error != std::errc() || end != word.data() + word.size() || id <= 0) not_found();
  return id;
}

StoredSubmission visible_submission(DeskParts& parts, const Asked& asked, const std::string& word) {
  auto stored = parts.queue.submission(id_of(word, 'S'));
  if (!stored || !may_see(asked.who(), stored->office)) not_found();
  return *std::move(stored);
}

Desk::Desk(const Config& config, Blobs& blobs, ReaderProcess& pages)
    : parts_(config, blobs, pages), files_(files_of(config.desk.pages)) {
  for (const auto& table : {session_routes(), queue_routes(), review_routes(), ruling_routes(),
                            record_routes(), mailbox_routes(), report_routes(), user_routes()})
    routes_.insert(routes_.end(), table.begin(), table.end());
}

WebResponse Desk::page(const std::string& path) const {
  const auto file = files_.find(path == "/" ? "/index.html" : path);
  if (file == files_.end()) not_found();
  WebResponse response;
  response.type = types().at(std::filesystem::path(file->first).extension().string());
  response.body = file->second;
  return response;
}

WebResponse Desk::routed(const WebRequest& request, Seconds now) {
  if (!request.path.starts_with("/api/")) {
    if (request.method != "GET") throw WebError(405, "method", "不支持这种请求。");
    return page(request.path);
  }
  const auto parts = parts_of(request.path);
  bool known = false;
  for (const auto& route : routes_) {
    auto words = matched(route, parts);
    if (!words) continue;
    known = true;
    if (request.method != route.method) continue;
    Asked asked{request, *std::move(words), {}, now};
    if (route.needs != Needs::nothing) {
      auto session = parts_.staff.session(request.cookie("dengji_session"), now);
      if (!session) throw WebError(401, "signed-out", "请先登录。");
      asked.session = *std::move(session);
    }
    if (request.method != "GET") refuse_forged(request, asked.session.csrf);
    if (!allowed(route.needs, asked.who())) throw WebError(403, "forbidden", "您没有这项权限。");
    return route.answer(parts_, asked);
  }
  if (known) throw WebError(405, "method", "不支持这种请求。");
  not_found();
}

WebResponse Desk::answer(const WebRequest& request, Seconds now) {
  WebResponse response;
  try {
    response = routed(request, now);
  } catch (const WebError& error) {
    response = json_response({{"error", error.code}, {"message", error.what()}}, error.status);
  } catch (const std::exception& error) {
    log(Log::error, "desk: " + request.method + " " + request.path + ": " + error.what());
    response = json_response(
        {{"error", "unavailable"}, {"message", "系统暂时不能处理，请稍后重试。"}}, 503);
  }
  protect(response, parts_.config.desk.secure());
  return response;
}

}  // namespace dengji
