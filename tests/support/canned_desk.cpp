#include "tests/support/canned_desk.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <sstream>

#include "tests/support/temp_dir.hpp"

namespace dengji::test {
namespace {

using nlohmann::json;
namespace net = Poco::Net;

const std::string policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for "
    "'script'";

std::string media_type(const std::filesystem::path& file) {
  static const std::map<std::string, std::string> types = {{".html", "text/html; charset=utf-8"},
                                                           {".css", "text/css"},
                                                           {".js", "text/javascript"},
                                                           {".svg", "image/svg+xml"}};
  return types.at(file.extension().string());
}

void say(net::HTTPServerResponse& response, int status, const std::string& type,
         const std::string& body) {
  response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(status));
  response.setContentType(type);
  response.set("Content-Security-Policy", policy);
  response.sendBuffer(body.data(), body.size());
}

class Handler : public net::HTTPRequestHandler {
 public:
  Handler(const CannedDesk::Answer& answer, std::mutex& mutex) : answer_(answer), mutex_(mutex) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    std::string body;
    Poco::StreamCopier::copyToString(request.stream(), body);
    const std::string path = request.getURI().substr(0, request.getURI().find('?'));
    if (path.ends_with(".jpg"))
      return say(response, 200, "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    if (!path.starts_with("/api/")) return file(path, response);
    const std::lock_guard lock(mutex_);
    const CannedAnswer answer = answer_(request.getMethod(), path.substr(5));
    say(response, answer.status, "application/json", answer.body.dump());
  }

 private:
  static void file(const std::string& path, net::HTTPServerResponse& response) {
    const std::filesystem::path file =
        std::string(SOURCE_DIR) + "/etc/desk" + (path == "/" ? "/index.html" : path);
    if (!std::filesystem::exists(file)) return say(response, 404, "text/plain", "");
    say(response, 200, media_type(file), read_file(file));
  }

  const CannedDesk::Answer& answer_;
  std::mutex& mutex_;
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  Factory(const CannedDesk::Answer& answer, std::mutex& mutex) : answer_(answer), mutex_(mutex) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(answer_, mutex_);
  }

 private:
  const CannedDesk::Answer& answer_;
  std::mutex& mutex_;
};

void put_item(json& value, const json& item) {
  if (value.is_string() && value == "ITEM") value = item;
  if (!value.is_structured()) return;
  for (json& part : value) put_item(part, item);
}

}  // namespace

struct CannedDesk::State {
  explicit State(Answer made_up)
      : answer(std::move(made_up)),
        socket(net::SocketAddress("127.0.0.1", 0)),
        server(new Factory(answer, mutex), socket, new net::HTTPServerParams) {
    server.start();
  }
  ~State() { server.stopAll(true); }

  const Answer answer;
  std::mutex mutex;
  net::ServerSocket socket;
  net::HTTPServer server;
};

CannedDesk::CannedDesk(Answer answer) : state_(std::make_unique<State>(std::move(answer))) {}

CannedDesk::~CannedDesk() = default;

std::string CannedDesk::url() const {
  return "http://127.0.0.1:" + std::to_string(state_->socket.address().port()) + "/";
}

std::string CannedDesk::name_of(const std::string& method, const std::string& path) {
  static const std::set<std::string> alone = {"session", "changes",   "queue",   "search",
                                              "forms",   "mailboxes", "reports", "users"};
  std::vector<std::string> parts;
  std::istringstream in(path);
  for (std::string part; std::getline(in, part, '/');) parts.push_back(part);
  const bool get = method == "GET", post = method == "POST";
  if (parts.size() == 1 && (get || post) && alone.contains(parts[0])) return parts[0];
  if (parts.size() == 2 && get && parts[0] == "submissions") return "submission";
  if (parts.size() == 2 && get && parts[0] == "records") return "record";
  if (parts.size() == 2 && get && parts[0] == "reports" && parts[1] == "list") return "list";
  const bool decides = parts.size() == 3 && post && parts[0] == "submissions";
  if (decides && (parts[2] == "letter" || parts[2] == "ruling")) return parts[2];
  return "";
}

json CannedDesk::answers() {
  json all = json::parse(read_file(std::string(SOURCE_DIR) + "/tests/data/desk/answers.json"));
  const json item = all.at("ITEM");
  put_item(all, item);
  return all;
}

}  // namespace dengji::test
