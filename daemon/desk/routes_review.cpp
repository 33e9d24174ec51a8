// One submission, its pages as pictures, its files as downloads.
#include <algorithm>
#include <charconv>

#include "daemon/deadline.hpp"
#include "daemon/desk/review_json.hpp"
#include "daemon/page_render.hpp"

namespace dengji {

namespace {

constexpr int shown_pixels = 1600;  // of a page's longer side

const char* state_of(const StoredSubmission& stored, bool ruled) {
  if (stored.superseded || stored.completed_by != 0) return "superseded";
  if (ruled) return "ruled";
  if (stored.decision == "accept") return "accepted";
  return stored.decision == "reject" ? "rejected" : "held";
}

Json submission_or_null(Id id) { return id == 0 ? Json(nullptr) : Json("S" + std::to_string(id)); }

std::string due_of(const OpenCase& open, const Config& config) {
  const auto& form = open.verdict.submissions.front().submission.form;
  return form ? due_day(form->value(event_field(form->action)), config.campaign) : "";
}

WebResponse review(DeskParts& parts, const Asked& asked) {
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto ruling = parts.rulings.pending(stored.submission);
  const auto [previous, next] = parts.queue.neighbours(stored.submission, bound_office(asked, ""));
  parts.viewers.looks(asked.who().name, stored.submission, asked.now);
  const auto open = open_case(stored, parts.config);
  const auto& message = open.verdict.message;
  Json json{{"id", "S" + std::to_string(stored.submission)},
            {"message", "M" + std::to_string(stored.message)},
            {"office", stored.office},
            {"office_name", office_name(parts.config, stored.office)},
            {"platform", stored.platform},
            {"form", stored.form},
            {"action", stored.action},
            {"registrant",
             {{"name", stored.registrant_name},
              {"class", stored.registrant_class},
              {"id_type", stored.id_type},
              {"id_number", stored.id_number}}},
            {"received", time_json(stored.received)},
            {"due", text_or_null(due_of(open, parts.config))},
            {"sender", {{"name", message.from_name}, {"address", stored.sender}}},
            {"subject", stored.subject},
            {"decision", stored.decision},
            {"number", text_or_null(stored.number)},
            {"state", state_of(stored, ruling.has_value())},
            {"version", stored.revision},
            {"ruling", ruling_json(ruling)},
            {"revocable", parts.rulings.revocable(stored.submission)},
            {"previous", submission_or_null(previous)},
            {"next", submission_or_null(next)},
            {"viewers", parts.viewers.others(stored.submission, asked.who().name, asked.now)},
            {"answers", submission_or_null(stored.completes)},
            {"completed_by", submission_or_null(stored.completed_by)},
            {"findings", findings_json(open, parts.config)},
            {"fields", fields_review_json(open, parts.config)},
            {"files", files_json(open)},
            {"history", Json::array()},
            {"letters", Json::array()}};
  for (const auto& entry : parts.queue.trail(stored.message))
    json["history"].push_back(entry_json(entry));
  for (const auto& letter : parts.queue.letters(stored.message))
    json["letters"].push_back(letter_json(letter));
  return json_response(json);
}

int number_in(const std::string& word) {
  int number = -1;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size() || number < 0) not_found();
  return number;
}

// The attachment of that index, if it is one of the submission's own: a mail may hold another's.
const FileFacts& file_of(const OpenCase& open, const std::string& word) {
  const auto index = static_cast<std::size_t>(number_in(word));
  for (const auto& part : open.verdict.submissions.front().submission.parts)
    if (part.attachment == index) return open.verdict.files[index];
  not_found();
}

WebResponse picture(DeskParts& parts, const Asked& asked) {
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto open = open_case(stored, parts.config);
  const auto& file = file_of(open, asked.words[1]);
  const auto dot = asked.words[2].rfind(".jpg");
  const int number = number_in(asked.words[2].substr(0, dot));
  const auto page = std::find_if(file.pages.begin(), file.pages.end(),
                                 [&](const PageFacts& facts) { return facts.page == number; });
  if (page == file.pages.end()) not_found();
  const auto drawn = render_page(parts.pages, parts.blobs.get(stored.sha256),
                                 {file.sha256, number, page->turn, shown_pixels});
  if (!drawn) throw WebError(404, "not-found", "这一页画不出来：" + drawn.reason().detail);
  WebResponse response;
  response.type = "image/jpeg";
  response.body = drawn->jpeg;
  return response;
}

WebResponse original(DeskParts& parts, const Asked& asked) {
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto open = open_case(stored, parts.config);
  const auto& file = file_of(open, asked.words[1]);
  auto bytes = attachment_bytes(parts.pages, parts.blobs.get(stored.sha256), file.sha256);
  if (!bytes) throw WebError(404, "not-found", "取不出这个附件：" + bytes.reason().detail);
  return download(*std::move(bytes), file.name, "application/octet-stream");
}

}  // namespace

std::vector<Route> review_routes() {
  return {{"GET", "/api/submissions/:", Needs::session, review},
          {"GET", "/api/submissions/:/files/:", Needs::session, original},
          {"GET", "/api/submissions/:/files/:/pages/:", Needs::session, picture}};
}

}  // namespace dengji
