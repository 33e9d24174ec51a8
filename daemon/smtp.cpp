#include "daemon/smtp.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "parsers/message.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// RFC 4954 section 6: authentication is required, too weak, failed, needs TLS.
constexpr std::array login_replies = {530, 534, 535, 538};

bool asks_for_login(int reply) {
  return std::find(login_replies.begin(), login_replies.end(), reply) != login_replies.end();
}

ServerUrl checked_url(const PostmanConfig& config) {
  const auto url = parse_server_url(config.url);
  if (!url || (url->scheme != "smtp" && url->scheme != "smtps"))
    throw std::invalid_argument(config.url + " is no smtps://HOST, smtp:// or maildir:/PATH");
  if (config.allow_plaintext && !is_loopback(url->host))
    throw std::invalid_argument("allow_plaintext is for this machine only, not for " + url->host);
  return *url;
}

}  // namespace

Delivery delivery_of(const CurlResult& result) {
  using Outcome = Delivery::Outcome;
  const std::string words = shown(to_utf8(result.words));
  const bool to_the_letter = result.kind == CurlResult::Kind::refused ||
                             (result.kind == CurlResult::Kind::unexpected && result.handed_over);
  const bool answered = to_the_letter && result.reply >= 400;
  if (result.kind == CurlResult::Kind::fine) return {Outcome::sent, words};
  if (result.kind == CurlResult::Kind::login)
    return {Outcome::later,
            "login refused: " + words + " (is an authorisation code, 授权码, needed?)"};
  if (answered && result.reply >= 500 && !asks_for_login(result.reply))
    return {Outcome::refused, words};
  if (result.handed_over && !answered) return {Outcome::uncertain, words};
  return {Outcome::later, words};
}

SmtpPostman::SmtpPostman(PostmanConfig config, SmtpTimes times)
    : config_(std::move(config)), server_(checked_url(config_)), times_(times) {}

Curl& SmtpPostman::connection() {
  if (curl_) return *curl_;
  Access access;
  access.server = server_;
  access.user = config_.user;
  if (!config_.user.empty()) access.secret = read_secret(config_.password_file);
  access.oauth = config_.auth == "xoauth2";
  access.ca_file = config_.ca_file;
  access.plaintext = config_.allow_plaintext && server_.scheme == "smtp";
  access.connect = times_.connect;
  access.answer = times_.answer;
  curl_ = std::make_unique<Curl>(std::move(access), interrupt_);
  return *curl_;
}

Delivery SmtpPostman::deliver(const Letter& letter) {
  if (!is_addr_spec(letter.to))
    return {Delivery::Outcome::refused, "not an address that mail can be sent to"};
  try {
    const Delivery delivery = delivery_of(connection().send_mail(letter.to, letter.bytes));
    if (delivery.outcome != Delivery::Outcome::sent) curl_.reset();
    return delivery;
  } catch (const std::runtime_error& error) {  // CurlError, SecretError: nothing was sent
    curl_.reset();
    return {Delivery::Outcome::later, error.what()};
  }
}

}  // namespace dengji
