#include "daemon/check_json.hpp"

#include "daemon/form_json.hpp"
#include "daemon/page_json.hpp"
#include "parsers/identifier.hpp"

namespace dengji {
namespace {

Json message_json(const Verdict& verdict) {
  const auto& m = verdict.message;
  return {{"message_id", m.message_id},
          {"from", m.from},
          {"subject", m.subject},
          {"date", m.date},
          {"office", verdict.office ? Json(verdict.office->id) : Json(nullptr)}};
}

Json attachment_json(const Part& part, const FileFacts& file) {
  Json json{{"name", file.name}, {"role", to_string(part.role)}};
  if (!file.container.empty()) json["container"] = file.container;
  for (std::size_t i = 0; i < part.pages.size(); ++i)
    json["pages"].push_back({{"page", i + 1}, {"role", to_string(part.pages[i])}});
  return json;
}

Json finding_json(const Finding& f) {
  return {{"code", f.code},
          {"severity", to_string(f.severity)},
          {"attachment", text_or_null(f.attachment)},
          {"page", f.page > 0 ? Json(f.page) : Json(nullptr)},
          {"field", text_or_null(f.field)},
          {"detail", f.detail}};
}

std::string earlier_of(const JudgedSubmission& judged, const std::string& attachment, int page,
                       const std::string& fingerprint) {
  for (const auto& seal : judged.pressed)
    if (seal.attachment == attachment && seal.page == page && seal.fingerprint == fingerprint)
      return seal.earlier;
  return "";
}

Json seals_of(const JudgedSubmission& judged, const Verdict& verdict) {
  Json seals = Json::array();
  for (const auto& part : judged.submission.parts) {
    const auto& file = verdict.files[part.attachment];
    for (const auto& page : file.pages)
      for (const auto& seal : page.seals) {
        Json json{{"attachment", file.name}, {"page", page.page}};
        json.update(seal_json(seal));
        const auto earlier = earlier_of(judged, file.name, page.page, seal.fingerprint);
        if (!earlier.empty()) json["copied_from"] = earlier;
        seals.push_back(std::move(json));
      }
  }
  return seals;
}

Json submission_json(const JudgedSubmission& judged, const Verdict& verdict) {
  const auto& form = judged.submission.form;
  Json json{{"platform", judged.submission.platform},
            {"form", form ? Json(to_string(form->kind)) : Json(nullptr)},
            {"action", form ? Json(to_string(form->action)) : Json(nullptr)},
            {"registrant", judged.registrant ? registrant_json(*judged.registrant) : Json(nullptr)},
            {"fields", form ? fields_json_of(*form) : Json(nullptr)},
            {"attachments", Json::array()},
            {"seals", seals_of(judged, verdict)},
            {"findings", Json::array()},
            {"decision", to_string(judged.decision)}};
  for (const auto& part : judged.submission.parts)
    json["attachments"].push_back(attachment_json(part, verdict.files[part.attachment]));
  for (const auto& finding : judged.findings) json["findings"].push_back(finding_json(finding));
  return json;
}

}  // namespace

std::string check_json(const Verdict& verdict, const std::optional<ReplyText>& reply) {
  Json json{{"message", message_json(verdict)},
            {"disposition", to_string(verdict.disposition)},
            {"submissions", Json::array()},
            {"reply", nullptr}};
  if (!verdict.reason.empty()) json["reason"] = verdict.reason;
  for (const auto& judged : verdict.submissions)
    json["submissions"].push_back(submission_json(judged, verdict));
  if (reply)
    json["reply"] = {{"to", reply->to}, {"subject", reply->subject}, {"body", reply->body}};
  return dumped(json, 2) + "\n";
}

std::string fields_json(const Form& form) { return dumped(fields_json_of(form), -1); }

std::string seals_json(const JudgedSubmission& judged, const Verdict& verdict) {
  return dumped(seals_of(judged, verdict), -1);
}

bool same_content(const std::string& earlier, const Form& form) {
  const auto stripped = [](Json fields) {
    for (const auto* key : {"action", "filled_by", "filled_on"}) fields.erase(key);
    return fields;
  };
  return nlohmann::json(stripped(Json::parse(earlier))) ==
         nlohmann::json(stripped(fields_json_of(form)));
}

}  // namespace dengji
