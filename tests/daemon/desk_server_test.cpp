// The desk's HTTP on a real socket, plain and under TLS: caps, headers, and that it ends.
#include "daemon/desk/desk_server.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/StreamCopier.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "daemon/intake.hpp"
#include "daemon/page_render.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

namespace net = Poco::Net;
using namespace test;

struct Got {
  int status = 0;
  std::string body;
  net::HTTPResponse head;
};

class DeskServerTest : public ::testing::Test {
 protected:
  static Config config_in(const std::filesystem::path& folder) {
    Config config = shipped_config();
    config.state = folder / "state";
    config.desk.host = "127.0.0.1";
    config.desk.port = 0;
    return config;
  }
  DeskConfig with_certificate() const {
    DeskConfig desk = config_.desk;
    desk.certificate = dir_.path() / "cert.pem";
    desk.private_key = dir_.path() / "key.pem";
    const std::string command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
        " -keyout " +
        desk.private_key.string() + " -out " + desk.certificate.string() + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return desk;
  }
  static Got ask(net::HTTPClientSession& session, const std::string& method,
                 const std::string& path, const std::string& body = "") {
    net::HTTPRequest request(method, path, net::HTTPMessage::HTTP_1_1);
    request.setContentLength(static_cast<std::streamsize>(body.size()));
    session.sendRequest(request) << body;
    Got got;
    Poco::StreamCopier::copyToString(session.receiveResponse(got.head), got.body);
    got.status = got.head.getStatus();
    return got;
  }

  TempDir dir_;
  const Config config_ = config_in(dir_.path());
  ReaderProcess renderer_{page_renderer(), reader_limits(config_)};
  Database owner_{config_.state, Database::Mode::owner};
  Blobs blobs_{config_.state / "blobs"};
  Desk desk_{config_, blobs_, renderer_};
};

TEST_F(DeskServerTest, ServesThePageAndRefusesWhatIsNotItsOwn) {
  DeskServer server(config_.desk, desk_);
  net::HTTPClientSession session("127.0.0.1", static_cast<Poco::UInt16>(server.port()));
  const auto page = ask(session, "GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<html"), std::string::npos);
  EXPECT_NE(page.head.get("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(ask(session, "GET", "/../etc/dengji.toml").status, 404);
  EXPECT_EQ(ask(session, "GET", "/%2e%2e%2fdengji.toml").status, 404);
  EXPECT_EQ(ask(session, "GET", "/api/queue").status, 401);
  EXPECT_EQ(ask(session, "DELETE", "/").status, 405);
  EXPECT_EQ(ask(session, "POST", "/api/session", "{not json").status, 400);
  EXPECT_EQ(ask(session, "GET", "/api/search?text=%FF%FE").status, 400);
}

TEST_F(DeskServerTest, CapsWhatABrowserSends) {
  DeskServer server(config_.desk, desk_);
  const auto port = static_cast<Poco::UInt16>(server.port());
  EXPECT_EQ(ask(*std::make_unique<net::HTTPClientSession>("127.0.0.1", port), "POST",
                "/api/session", std::string(300 * 1024, 'x'))
                .status,
            413);
  EXPECT_EQ(ask(*std::make_unique<net::HTTPClientSession>("127.0.0.1", port), "GET",
                "/" + std::string(5000, 'x'))
                .status,
            414);
}

TEST_F(DeskServerTest, SpeaksTlsWhereItHasACertificate) {
  const auto desk = with_certificate();
  DeskServer server(desk, desk_);
  const net::Context::Ptr context =
      new net::Context(net::Context::TLS_CLIENT_USE, "", net::Context::VERIFY_NONE);
  net::HTTPSClientSession session("127.0.0.1", static_cast<Poco::UInt16>(server.port()), context);
  EXPECT_EQ(ask(session, "GET", "/").status, 200);
  net::HTTPClientSession plain("127.0.0.1", static_cast<Poco::UInt16>(server.port()));
  EXPECT_ANY_THROW(ask(plain, "GET", "/"));
}

TEST_F(DeskServerTest, EndsThoughSomebodyKeepsAConnection) {
  net::StreamSocket silent;
  {
    DeskServer server(config_.desk, desk_);
    silent.connect(net::SocketAddress("127.0.0.1", static_cast<Poco::UInt16>(server.port())));
    silent.sendBytes("GET /", 5);
  }
  std::array<char, 1> byte{};
  try {
    EXPECT_LE(silent.receiveBytes(byte.data(), 1), 0);
  } catch (const net::ConnectionResetException&) {  // ended too, only sooner
  }
}

TEST_F(DeskServerTest, SaysWhereItCannotListen) {
  DeskServer first(config_.desk, desk_);
  DeskConfig taken = config_.desk;
  taken.port = first.port();
  EXPECT_THROW(DeskServer(taken, desk_), std::runtime_error);
}

}  // namespace
}  // namespace dengji
