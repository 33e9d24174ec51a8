// How the mailboxes stand, letters that did not arrive, mail that could not be read.
#include "daemon/desk/item_json.hpp"
#include "daemon/mailbox_json.hpp"

namespace dengji {

namespace {

Json unread_json(const UnreadMail& mail, const Config& config) {
  return {{"message", "M" + std::to_string(mail.message)},
          {"submission", "S" + std::to_string(mail.submission)},
          {"office", mail.office},
          {"office_name", office_name(config, mail.office)},
          {"received", time_json(mail.received)},
          {"sender", mail.sender},
          {"bytes", mail.size},
          {"reason", mail.reason}};
}

WebResponse mailboxes(DeskParts& parts, const Asked& asked) {
  const auto office = bound_office(asked, asked.request.asked("office"));
  constexpr std::int64_t a_week = 7;
  Json json{{"mailboxes", Json::array()},
            {"days", ledger_json(parts.records, office, a_week, asked.now, parts.config)},
            {"letters", Json::array()},
            {"unread", Json::array()}};
  Outbox outbox(parts.database);
  for (auto& mailbox : mailboxes_json(parts.records, outbox, parts.config))
    if (may_see(asked.who(), mailbox.at("office"))) json["mailboxes"].push_back(std::move(mailbox));
  for (const auto& letter : parts.queue.undelivered(office))
    json["letters"].push_back(letter_json(letter));
  for (const auto& mail : parts.queue.unread(office))
    json["unread"].push_back(unread_json(mail, parts.config));
  return json_response(json);
}

StoredSubmission visible_unread(DeskParts& parts, const Asked& asked) {
  const auto message = id_of(asked.words[0], 'M');
  const auto office = bound_office(asked, "");
  for (const auto& mail : parts.queue.unread(office))
    if (mail.message == message) return *parts.queue.submission(mail.submission);
  not_found();
}

WebResponse retry(DeskParts& parts, const Asked& asked) {
  const auto stored = visible_unread(parts, asked);
  if (!parts.records.requeue(stored.message, asked.now, asked.who().name))
    throw WebError(409, "conflict", "这封邮件已在重新读取。");
  return nothing_more();
}

WebResponse raw(DeskParts& parts, const Asked& asked) {
  const auto stored = visible_unread(parts, asked);
  return download(parts.blobs.get(stored.sha256), asked.words[0] + ".eml",
                  "application/octet-stream");
}

}  // namespace

std::vector<Route> mailbox_routes() {
  return {{"GET", "/api/mailboxes", Needs::session, mailboxes},
          {"POST", "/api/messages/:/retry", Needs::decide, retry},
          {"GET", "/api/messages/:/raw", Needs::session, raw}};
}

}  // namespace dengji
