#include "parsers/machine.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dengji {

using namespace std::string_literals;

namespace {

std::string machine(const std::string& header, const std::string& body = "text") {
  const auto message = parse_message("To: city@office.example\r\n" + header + "\r\n" + body);
  return message ? message->machine : message.reason().detail;
}

const std::string person = "From: a@sender.example\r\nSubject: x\r\n";

}  // namespace

TEST(Machine, LetsPersonsThrough) {
  for (const char* header :
       {"", "Auto-Submitted: no\r\n", "X-Mailer: QQMail 2.x\r\n", "Precedence: first-class\r\n",
        "X-Auto-Response-Suppress: DR, RN, NRN\r\n", "X-Autoreply: no\r\n",
        "Return-Path: <a@sender.example>\r\n", "X-Priority: 1\r\n"}) {
    EXPECT_EQ(machine(header + person), "") << header;
  }
  EXPECT_EQ(machine("From: a@b.example\r\nSubject: 回复：自动回复：材料\r\n"), "");
  EXPECT_EQ(machine("From: replyno@b.example\r\nSubject: x\r\n"), "");
}

TEST(Machine, KnowsMachines) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Return-Path: <>\r\n", "bounce"},
      {"X-Failed-Recipients: x@y.example\r\n", "bounce"},
      {"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n", "bounce"},
      {"Auto-Submitted: auto-replied; owner=x\r\n", "auto-submitted"},
      {"AUTO-SUBMITTED: (x) auto-generated\r\n", "auto-submitted"},
      {"List-Id: <l.example>\r\n", "list"},
      {"List-Unsubscribe: <mailto:x@l.example>\r\n", "list"},
      {"Precedence: Bulk\r\n", "precedence"},
      {"Precedence: auto_reply\r\n", "precedence"},
      {"X-Auto-Response-Suppress: All\r\n", "suppressed"},
      {"X-Auto-Response-Suppress: OOF, AutoReply\r\n", "suppressed"},
      {"X-QQ-AUTOREPLY: yes\r\n", "autoreply"},
      {"X-Autoreply: 1\r\n", "autoreply"},
      {"X-Autorespond: x\r\n", "autoreply"},
      {"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n",
       "autoreply"},
      {"Sender: no-reply@x.example\r\n", "system-address"},
      {"Return-Path: <MAILER-DAEMON@x.example>\r\n", "system-address"},
  };
  for (const auto& [header, word] : cases) EXPECT_EQ(machine(header + person), word) << header;
  for (const char* from : {"postmaster@x.example", "noreply@x.example", "no_reply-7@x.example",
                           "DoNotReply@x.example", "MAILER-DAEMON@x.example (Mail System)"}) {
    EXPECT_EQ(machine("From: "s + from + "\r\nSubject: x\r\n"), "system-address") << from;
  }
}

TEST(Machine, TakesASubjectForASignOnlyWhereNothingIsAttached) {
  const std::string header = "From: a@b.example\r\nSubject: 自动回复: 材料已收到\r\n";
  EXPECT_EQ(machine(header), "autoreply");
  EXPECT_EQ(machine(header + "Content-Type: application/msword; name=a.doc\r\n", "x"), "");
}

TEST(Machine, FindsWhatABounceReports) {
  const auto bounce = [](const std::string& parts) {
    const auto message = parse_message(
        person + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
        parts + "\r\n--b--\r\n");
    return message ? message->bounce_of : message.reason().detail;
  };
  const std::string status = "--b\r\nContent-Type: message/delivery-status\r\n\r\n";
  EXPECT_EQ(bounce(status + "Reporting-MTA: dns; x\r\n\r\nOriginal-Message-ID: <1@o.example>"),
            "<1@o.example>");
  EXPECT_EQ(bounce(status + "Original-Message-ID: <1@o.example>\rBcc: x@y.example\r\n"),
            "<1@o.example>");
  EXPECT_EQ(bounce(status + "Action: failed\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                            "Subject: x\r\nMessage-ID: <2@o.example>\r\n"),
            "<2@o.example>");
  EXPECT_EQ(bounce(status + "Action: failed\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
                            "Subject: x\r\nMessage-ID: <3@o.example>\r\n\r\nbody"),
            "<3@o.example>");
  EXPECT_EQ(bounce(status + "Action: failed"), "");
}

TEST(Machine, FindsItInBouncesOfEveryKind) {
  const auto bounce = [](const std::string& raw) {
    const auto message =
        parse_message("Return-Path: <>\r\nFrom: MAILER-DAEMON@x.example\r\n" + raw);
    return message ? message->machine + " " + message->bounce_of : message.reason().detail;
  };
  const std::string report =
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n";
  // Postfix
  EXPECT_EQ(
      bounce(
          report +
          "--b\r\nContent-Description: Notification\r\nContent-Type: text/plain; "
          "charset=us-ascii\r\n\r\n"
          "This is the mail system at host mx.x.example.\r\n\r\n<y@y.example>: user unknown\r\n\r\n"
          "--b\r\nContent-Description: Delivery report\r\nContent-Type: "
          "message/delivery-status\r\n\r\n"
          "Reporting-MTA: dns; mx.x.example\r\nX-Postfix-Sender: rfc822; office@o.example\r\n\r\n"
          "Final-Recipient: rfc822; y@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
          "--b\r\nContent-Description: Undelivered Message\r\nContent-Type: message/rfc822\r\n\r\n"
          "Received: by o.example\r\nMessage-ID: <1@o.example>\r\nSubject: "
          "x\r\n\r\nbody\r\n\r\n--b--\r\n"),
      "bounce <1@o.example>");
  // RFC 6533
  EXPECT_EQ(bounce(report + "--b\r\nContent-Type: message/global-delivery-status\r\n\r\n"
                            "Original-Message-ID: <2@o.example>\r\n\r\n--b--\r\n"),
            "bounce <2@o.example>");
  EXPECT_EQ(bounce(report + "--b\r\nContent-Type: message/global-headers\r\n\r\n"
                            "Subject: x\r\nMessage-Id: <3@o.example>\r\n\r\n--b--\r\n"),
            "bounce <3@o.example>");
  // qmail
  EXPECT_EQ(
      bounce(
          "Subject: failure notice\r\n\r\nHi. This is the qmail-send program at x.example.\r\n\r\n"
          "<y@y.example>:\r\nSorry.\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n"
          "Return-Path: <office@o.example>\r\nMessage-ID: <4@o.example>\r\nSubject: "
          "x\r\n\r\nbody\r\n"),
      "bounce <4@o.example>");
  // Exchange without the message
  EXPECT_EQ(bounce("In-Reply-To: <5@o.example>\r\nReferences: <5@o.example>\r\nSubject: "
                   "Undeliverable: x\r\n\r\nfailed\r\n"),
            "bounce <5@o.example>");
  EXPECT_EQ(bounce("In-Reply-To: your mail\r\nSubject: x\r\n\r\nfailed\r\n"), "bounce ");
}

}  // namespace dengji
