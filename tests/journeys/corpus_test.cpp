// The dev corpus, whole and over the wire: each mail into its office's mailbox, one run of the
// daemon, and every person has one letter, every machine none. The corpus is no part of this
// project: it lies beside the checkout, or the test says that it does not.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tests/journeys/office.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::MailServers;
using test::Office;

struct Mail {
  std::string name, bytes, from, office, message_id;
  bool of_a_machine = false;  // never to be answered
};

Mail mail_of(const fs::path& truth) {
  const Json json = Json::parse(test::read_file(truth));
  const Json& message = json.at("message");
  Mail mail;
  mail.name = truth.stem().string();
  mail.bytes = test::read_file(fs::path(truth).replace_extension(".eml"));
  mail.from = message.at("from");
  mail.office = message.at("office").get<std::string>() + "@wxb.example";
  mail.message_id = message.at("message_id");
  mail.of_a_machine = json.at("disposition") == "ignored";
  return mail;
}

std::vector<Mail> mails_in(const fs::path& corpus) {
  std::vector<fs::path> truths;
  if (fs::is_directory(corpus))
    for (const auto& entry : fs::directory_iterator(corpus))
      if (entry.path().extension() == ".json") truths.push_back(entry.path());
  std::sort(truths.begin(), truths.end());
  std::vector<Mail> mails;
  std::transform(truths.begin(), truths.end(), std::back_inserter(mails), mail_of);
  return mails;
}

// A bounce's envelope has no sender.
std::string envelope_sender(const Mail& mail) {
  return mail.bytes.starts_with("Return-Path: <>") ? "" : mail.from;
}

std::string lower(std::string text) {  // as Dovecot names its mailboxes
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::int64_t total(const Office& office, const char* key) {
  std::int64_t sum = 0;
  for (const Json& mailbox : Json::parse(office.run(DENGJI, "status --json").output))
    sum += mailbox.at(key).get<std::int64_t>();
  return sum;
}

void expect_answered_as_is_right(const MailServers& servers, const std::vector<Mail>& mails) {
  for (const Mail& mail : mails) {
    SCOPED_TRACE(mail.name);
    const auto letters = mail.of_a_machine ? servers.inbox(lower(mail.from))
                                           : servers.await_inbox(lower(mail.from), 1);
    ASSERT_EQ(letters.size(), mail.of_a_machine ? 0u : 1u);
    if (mail.of_a_machine) continue;
    EXPECT_NE(letters[0].find("In-Reply-To: " + mail.message_id), std::string::npos);
    EXPECT_NE(letters[0].find("From: "), std::string::npos);
    EXPECT_NE(letters[0].find("<" + mail.office + ">"), std::string::npos);
  }
}

TEST(Corpus, AnswersEachPersonOnceAndNoMachine) {
  const fs::path corpus = fs::path(SOURCE_DIR) / "../shared/corpus/dev";
  const std::vector<Mail> mails = mails_in(corpus);
  if (mails.empty()) {
    std::cout << "There is no corpus in " << corpus << ": nothing was sent.\n";
    ASSERT_FALSE(fs::exists(corpus)) << "it is there, without mails";
    return;
  }
  const auto machines =
      std::count_if(mails.begin(), mails.end(), [](const Mail& mail) { return mail.of_a_machine; });
  const auto persons = static_cast<std::int64_t>(mails.size()) - machines;
  const MailServers servers;
  const Office office(servers);
  for (const Mail& mail : mails) servers.deliver(envelope_sender(mail), mail.office, mail.bytes);
  ASSERT_EQ(office.once().status, 0) << office.log();
  EXPECT_EQ(total(office, "ignored"), machines) << office.log();
  EXPECT_EQ(total(office, "pending"), 0) << office.log();
  EXPECT_EQ(total(office, "sent"), persons) << office.log();
  expect_answered_as_is_right(servers, mails);

  ASSERT_EQ(office.once().status, 0) << office.log();
  EXPECT_EQ(total(office, "seen"), static_cast<std::int64_t>(mails.size()));
  EXPECT_EQ(total(office, "sent"), persons);
  servers.send("probe@probe.example", "probe@probe.example", "Subject: probe\r\n\r\n");
  ASSERT_EQ(servers.await_inbox("probe@probe.example", 1).size(), 1u);
  expect_answered_as_is_right(servers, mails);
}

}  // namespace
}  // namespace dengji
