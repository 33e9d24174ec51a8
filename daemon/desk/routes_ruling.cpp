// What a person does with a submission that waits: see the letter, decide, undo, forward.
#include "daemon/casework.hpp"
#include "daemon/desk/item_json.hpp"
#include "parsers/message.hpp"

namespace dengji {

namespace {

constexpr std::size_t longest_letter = 20'000;  // bytes
constexpr std::size_t longest_note = 2'000;

RulingKind kind_of(const Json& body) {
  const auto kind = ruling_kind_from(text_of(body, "kind"));
  if (!kind) throw WebError(400, "bad-request", "没有这种决定。");
  return *kind;
}

std::int64_t revision_of(const Json& body) {
  const auto found = body.find("version");
  if (found == body.end() || !found->is_number_integer())
    throw WebError(400, "bad-request", "缺少version。");
  return found->get<std::int64_t>();
}

std::vector<std::size_t> reasons_of(const Json& body) {
  std::vector<std::size_t> reasons;
  const auto found = body.find("reasons");
  if (found == body.end() || !found->is_array()) return reasons;
  for (const auto& reason : *found)
    if (reason.is_number_unsigned()) reasons.push_back(reason.get<std::size_t>());
  return reasons;
}

// What cannot be registered as it is: no form was read.
void refuse_formless(const StoredSubmission& stored, RulingKind kind) {
  if (kind == RulingKind::accept && stored.form.empty())
    throw WebError(400, "bad-request",
                   "没有读出电子登记表，不能直接登记；请用“手工登记”录入，或请对方补正。");
}

WebResponse preview(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto kind = kind_of(body);
  refuse_formless(stored, kind);
  const auto letter = draft_letter(open_case(stored, parts.config), kind, reasons_of(body),
                                   text_of(body, "note", longest_note), parts.config);
  if (!letter) return json_response({{"to", ""}, {"subject", ""}, {"body", ""}});
  return json_response({{"to", letter->to}, {"subject", letter->subject}, {"body", letter->body}});
}

WebResponse taken_by(DeskParts& parts, const StoredSubmission& stored) {
  const auto now = parts.queue.submission(stored.submission);
  const auto pending = parts.rulings.pending(stored.submission);
  std::string by = pending ? pending->actor : "";
  for (const auto& entry : parts.queue.trail(stored.message))
    if (by.empty() && (entry.action == "carry-out" || entry.action == "forward")) by = entry.actor;
  return json_response({{"error", "decided"},
                        {"message", by.empty() ? "这份材料刚刚有了变化，请重新查看。"
                                               : by + "刚刚处理了这份材料，请重新查看。"},
                        {"by", by}},
                       409);
}

// Plain lines: a letter is text, and its subject one line.
std::string one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

WebResponse decide(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto kind = kind_of(body);
  refuse_formless(stored, kind);
  const auto letter = draft_letter(open_case(stored, parts.config), kind, {}, "", parts.config);
  Ruling ruling{0,
                stored.submission,
                kind,
                asked.who().name,
                asked.now,
                asked.now + parts.config.desk.undo_seconds,
                letter ? letter->to : "",
                one_line(text_of(body, "subject", 1'000)),
                text_of(body, "body", longest_letter),
                text_of(body, "note", longest_note)};
  if (letter && (ruling.subject.empty() || ruling.body.empty()))
    throw WebError(400, "bad-request", "回信的主题和正文不能为空。");
  switch (parts.rulings.decide(ruling, revision_of(body))) {
    case Rulings::Taken::unknown:
      not_found();
    case Rulings::Taken::decided:
      return taken_by(parts, stored);
    case Rulings::Taken::yes:
      break;
  }
  const auto next = parts.queue.neighbours(stored.submission, bound_office(asked, "")).second;
  return json_response({{"until", time_json(ruling.due)},
                        {"next", next == 0 ? Json(nullptr) : Json("S" + std::to_string(next))}});
}

WebResponse undo(DeskParts& parts, const Asked& asked) {
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto& who = asked.who().name;
  if (!parts.rulings.undo(stored.submission, who, asked.now) &&
      !parts.rulings.revoke(stored.submission, who, asked.now))
    throw WebError(409, "sent", "回信已经发出，不能撤销。");
  return nothing_more();
}

WebResponse forward(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto stored = visible_submission(parts, asked, asked.words[0]);
  const auto office = text_of(body, "office", 100);
  if (parts.config.office(office) == nullptr || office == stored.office)
    throw WebError(400, "bad-request", "请选择要转交的网信办。");
  const auto revision = body.contains("version") ? revision_of(body) : stored.revision;
  if (!parts.rulings.forward(stored.submission, revision, office, asked.who().name,
                             text_of(body, "note", longest_note), asked.now))
    return taken_by(parts, stored);
  return nothing_more();
}

}  // namespace

std::vector<Route> ruling_routes() {
  return {{"POST", "/api/submissions/:/letter", Needs::decide, preview},
          {"POST", "/api/submissions/:/ruling", Needs::decide, decide},
          {"DELETE", "/api/submissions/:/ruling", Needs::decide, undo},
          {"POST", "/api/submissions/:/forward", Needs::decide, forward}};
}

}  // namespace dengji
