#include "daemon/desk/desk_server.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>

#include <array>
#include <ctime>
#include <istream>

#include "daemon/log.hpp"
#include "parsers/text.hpp"

namespace dengji {

namespace {

namespace net = Poco::Net;

constexpr std::size_t most_body = 256 * 1024;  // bytes; a letter and its note
constexpr int most_threads = 256;              // connections: a browser keeps up to six open
constexpr int most_waiting = 64;               // further ones
constexpr long idle_seconds = 15;
constexpr std::size_t longest_target = 4096;  // bytes of path and query

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

void refuse(const std::string& why, int status) { throw WebError(status, "bad-request", why); }

std::string body_of_request(net::HTTPServerRequest& request) {
  std::string body;
  std::array<char, 8192> piece{};
  auto& in = request.stream();
  while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
    body.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (body.size() > most_body) refuse("请求太大。", 413);
  }
  return body;
}

WebRequest request_of(net::HTTPServerRequest& request) {
  if (request.getURI().size() > longest_target) refuse("地址太长。", 414);
  WebRequest asked;
  asked.method = request.getMethod();
  const Poco::URI uri(request.getURI());
  asked.path = uri.getPath();
  for (const auto& [key, value] : uri.getQueryParameters()) asked.query[key] = value;
  for (const auto& [name, value] : request) asked.headers[lower(name)] = value;
  asked.body = body_of_request(request);
  for (const auto* text : {&asked.path, &asked.body})
    if (!is_utf8(*text)) refuse("请求不是UTF-8。", 400);
  for (const auto& [key, value] : asked.query)
    if (!is_utf8(value)) refuse("请求不是UTF-8。", 400);
  return asked;
}

void send(const WebResponse& answer, net::HTTPServerResponse& response) {
  response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
  response.setReason(net::HTTPResponse::getReasonForStatus(response.getStatus()));
  for (const auto& [name, value] : answer.headers) response.add(name, value);
  if (answer.status == 204) {
    response.setContentLength(0);
    response.send();
    return;
  }
  response.setContentType(answer.type);
  if (answer.stream) {
    response.setChunkedTransferEncoding(true);
    answer.stream(response.send());
    return;
  }
  response.sendBuffer(answer.body.data(), answer.body.size());
}

class Handler : public net::HTTPRequestHandler {
 public:
  explicit Handler(Desk& desk) : desk_(desk) {}
  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    try {
      send(answered(request), response);
    } catch (const Poco::Exception& error) {  // the browser went away: nobody waits for an answer
      log(Log::info, "desk: " + error.displayText());
    } catch (const std::exception& error) {  // in the midst of a stream: the answer stays cut off
      log(Log::error, std::string("desk: ") + error.what());
    }
  }

 private:
  WebResponse answered(net::HTTPServerRequest& request) {
    try {
      return desk_.answer(request_of(request), std::time(nullptr));
    } catch (const WebError& error) {
      return json_response({{"error", error.code}, {"message", error.what()}}, error.status);
    } catch (const Poco::SyntaxException&) {
      return json_response({{"error", "bad-request"}, {"message", "地址不对。"}}, 400);
    }
  }

  Desk& desk_;
};

class Factory : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(Desk& desk) : desk_(desk) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(desk_);  // Poco deletes it
  }

 private:
  Desk& desk_;
};

net::ServerSocket unbound(const DeskConfig& config) {
  if (config.certificate.empty()) return {};
  net::Context::Ptr context = new net::Context(
      net::Context::TLS_SERVER_USE, config.private_key.string(), config.certificate.string(), "",
      net::Context::VERIFY_NONE, 9, false, "ECDHE+AESGCM:ECDHE+CHACHA20");
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  return net::SecureServerSocket(context);
}

// Poco would let another process take the same port beside us.
net::ServerSocket listening(const DeskConfig& config) {
  constexpr bool reuse_address = true, reuse_port = false;
  auto socket = unbound(config);
  socket.bind(net::SocketAddress(config.host, static_cast<Poco::UInt16>(config.port)),
              reuse_address, reuse_port);
  socket.listen(most_waiting);
  return socket;
}

net::HTTPServerParams::Ptr limits_of_server() {
  net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
  params->setMaxThreads(most_threads);
  params->setMaxQueued(most_waiting);
  params->setTimeout(Poco::Timespan(idle_seconds, 0));
  params->setKeepAliveTimeout(Poco::Timespan(idle_seconds, 0));
  params->setSoftwareVersion("dengji");
  return params;
}

}  // namespace

struct DeskServer::State {
  State(const DeskConfig& config, Desk& desk)
      : threads(2, most_threads),
        socket(listening(config)),
        server(new Factory(desk), threads, socket, limits_of_server()) {}

  Poco::ThreadPool threads;
  net::ServerSocket socket;
  net::HTTPServer server;
};

DeskServer::DeskServer(const DeskConfig& config, Desk& desk) {
  try {
    state_ = std::make_unique<State>(config, desk);
    state_->server.start();
  } catch (const Poco::Exception& error) {
    throw std::runtime_error("the desk cannot listen on " + config.host + ":" +
                             std::to_string(config.port) + ": " + error.displayText());
  }
}

DeskServer::~DeskServer() {
  state_->server.stopAll(true);
  state_->threads.joinAll();
}

int DeskServer::port() const { return state_->socket.address().port(); }

}  // namespace dengji
