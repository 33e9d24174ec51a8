#include "daemon/desk/item_json.hpp"

#include "daemon/calendar.hpp"

namespace dengji {

Json time_json(Seconds seconds) { return seconds > 0 ? Json(rfc3339(seconds)) : Json(nullptr); }

Json ruling_json(const std::optional<Ruling>& ruling) {
  if (!ruling) return nullptr;
  return {{"kind", to_string(ruling->kind)},
          {"by", ruling->actor},
          {"at", time_json(ruling->at)},
          {"until", time_json(ruling->due)},
          {"note", ruling->note}};
}

Json item_json(const QueueItem& item, DeskParts& parts, const Asked& asked) {
  Json json{{"id", "S" + std::to_string(item.submission)},
            {"message", "M" + std::to_string(item.message)},
            {"number", text_or_null(item.number)},
            {"status", text_or_null(item.status)},
            {"office", item.office},
            {"office_name", office_name(parts.config, item.office)},
            {"platform", item.platform},
            {"form", item.form},
            {"action", item.action},
            {"registrant", item.registrant},
            {"decision", item.decision},
            {"received", time_json(item.received)},
            {"age_seconds", asked.now - item.received},
            {"reminded", time_json(item.reminded)},
            {"sender", item.sender},
            {"subject", item.subject},
            {"findings", Json::array()},
            {"viewers", parts.viewers.others(item.submission, asked.who().name, asked.now)},
            {"ruling", ruling_json(item.ruling)}};
  for (const auto& finding : item.findings) {
    const auto title = parts.config.letters.titles.find(finding.code);
    json["findings"].push_back(
        {{"code", finding.code},
         {"severity", to_string(finding.severity)},
         {"title", title == parts.config.letters.titles.end() ? finding.code : title->second},
         {"detail", finding.detail}});
  }
  return json;
}

Json items_json(const std::vector<QueueItem>& items, DeskParts& parts, const Asked& asked) {
  Json json = Json::array();
  for (const auto& item : items) json.push_back(item_json(item, parts, asked));
  return json;
}

Json letter_json(const SentLetter& letter) {
  return {{"message", "M" + std::to_string(letter.message)},
          {"kind", letter.kind},
          {"to", letter.to},
          {"subject", letter.subject},
          {"state", letter.state},
          {"created", time_json(letter.created)},
          {"sent", letter.state == "sent" ? time_json(letter.finished) : Json(nullptr)},
          {"error", letter.error}};
}

Json entry_json(const TrailEntry& entry) {
  return {{"at", time_json(entry.at)},
          {"actor", entry.actor},
          {"action", entry.action},
          {"detail", entry.detail}};
}

}  // namespace dengji
