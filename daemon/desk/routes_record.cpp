// A record's history, what staff note about it, and submissions on paper.
#include <algorithm>

#include "daemon/calendar.hpp"
#include "daemon/casework.hpp"
#include "daemon/deadline.hpp"
#include "daemon/desk/review_json.hpp"
#include "daemon/registering.hpp"
#include "store/records.hpp"

namespace dengji {

namespace {

const FormSpec* spec_of(const Config& config, const std::string& form) {
  for (const auto& spec : config.forms.forms)
    if (to_string(spec.kind) == form) return &spec;
  return nullptr;
}

std::string label_of(const FormSpec* spec, const std::string& key) {
  if (spec != nullptr)
    for (const auto& field : spec->fields)
      if (field.key == key) return field.label;
  return key;
}

Json object_of(const std::string& text) {
  auto json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

std::string said(const Json& fields, const std::string& key) {
  const auto found = fields.find(key);
  return found != fields.end() && found->is_string() ? found->get<std::string>() : "";
}

Json changed_json(const Json& before, const Json& after, const FormSpec* spec) {
  Json changed = Json::array();
  Json all = before;
  all.update(after);
  for (const auto& [key, value] : all.items())
    if (said(before, key) != said(after, key))
      changed.push_back({{"key", key},
                         {"label", label_of(spec, key)},
                         {"before", said(before, key)},
                         {"after", said(after, key)}});
  return changed;
}

std::optional<Action> action_from(const std::string& word) {
  for (const auto action : {Action::create, Action::change, Action::suspend, Action::cancel})
    if (to_string(action) == word) return action;
  return std::nullopt;
}

// By when it was to be sent in; null where the form does not say.
Json due_json(const std::string& action, const Json& fields, const Config& config) {
  const auto known = action_from(action);
  return text_or_null(known ? due_day(said(fields, event_field(*known)), config.campaign) : "");
}

Json versions_json(const StoredRecord& record, const Config& config) {
  Json versions = Json::array();
  const auto* spec = spec_of(config, record.form);
  Json before = Json::object();
  for (const auto& version : record.versions) {
    const auto fields = object_of(version.fields_json);
    Json listed = Json::array();
    for (const auto& [key, value] : fields.items())
      listed.push_back({{"key", key}, {"label", label_of(spec, key)}, {"value", value}});
    versions.push_back(
        {{"version", version.version},
         {"status", version.status},
         {"created", time_json(version.created)},
         {"received", time_json(version.received)},
         {"due", due_json(version.action, fields, config)},
         {"action", version.action},
         {"by", version.actor},
         {"submission", "S" + std::to_string(version.submission)},
         {"changed", version.version == 1 ? Json::array() : changed_json(before, fields, spec)},
         {"fields", listed}});
    before = fields;
  }
  return versions;
}

StoredRecord visible_record(DeskParts& parts, const Asked& asked) {
  auto record = Records(parts.database).find(asked.words[0]);
  if (!record || !may_see(asked.who(), record->office)) not_found();
  return *std::move(record);
}

WebResponse show_record(DeskParts& parts, const Asked& asked) {
  const auto record = visible_record(parts, asked);
  Json json{
      {"number", record.number},
      {"office", record.office},
      {"office_name", office_name(parts.config, record.office)},
      {"form", record.form},
      {"platform", record.platform},
      {"status", record.status},
      {"created", time_json(record.created)},
      {"updated", time_json(record.updated)},
      {"versions", versions_json(record, parts.config)},
      {"submissions", items_json(Records(parts.database).submissions(record.record), parts, asked)},
      {"letters", Json::array()},
      {"events", Json::array()},
      {"history", Json::array()}};
  for (const auto message : record.messages) {
    for (const auto& letter : parts.queue.letters(message))
      json["letters"].push_back(letter_json(letter));
    for (const auto& entry : parts.queue.trail(message))
      json["history"].push_back(entry_json(entry));
  }
  for (const auto& event : record.events)
    json["events"].push_back({{"kind", event.kind},
                              {"on", event.day},
                              {"at", time_json(event.at)},
                              {"by", event.actor},
                              {"note", event.note}});
  return json_response(json);
}

WebResponse note(DeskParts& parts, const Asked& asked) {
  const auto record = visible_record(parts, asked);
  const auto body = body_of(asked.request);
  RecordEvent event{text_of(body, "kind"), text_of(body, "on"), asked.who().name,
                    text_of(body, "note", 2'000), asked.now};
  if (event.kind != "summons" && event.kind != "naming" && event.kind != "note")
    throw WebError(400, "bad-request", "没有这种记录。");
  if (!days_between(event.day, event.day)) throw WebError(400, "bad-request", "日期不对。");
  Records(parts.database).note(record.record, event);
  return json_response({{"kind", event.kind}}, 201);
}

WebResponse forms(DeskParts& parts, const Asked&) {
  Json json = Json::object();
  for (const auto& spec : parts.config.forms.forms) {
    Json fields = Json::array();
    for (const auto& field : spec.fields) {
      if (field.type == FieldType::seal || field.type == FieldType::office) continue;
      fields.push_back({{"key", field.key},
                        {"label", field.label},
                        {"type", to_string(field.type)},
                        {"mandatory", field.mandatory},
                        {"group", group_title(spec, field.group)},
                        {"choices", field.choices}});
    }
    json[std::string(to_string(spec.kind))] = {{"title", spec.title}, {"fields", fields}};
  }
  return json_response(json);
}

Form form_of(const Json& body, const FormSpec& spec) {
  const auto action = action_from(text_of(body, "action"));
  if (!action) throw WebError(400, "bad-request", "请选择登记类别。");
  const auto fields = body.find("fields");
  if (fields == body.end() || !fields->is_object())
    throw WebError(400, "bad-request", "缺少登记表的内容。");
  Form form;
  form.kind = spec.kind;
  form.action = *action;
  form.name_key = spec.name_key;
  for (const auto& field : spec.fields)
    if (const auto value = text_of(*fields, field.key.c_str()); !value.empty())
      form.fields[field.key] = {value, value, {}, true};
  if (form.platform().empty()) throw WebError(400, "bad-request", "请填写平台或账号的名称。");
  return form;
}

Reading reading_of(const Form& form) {
  Reading reading;
  Submission submission;
  submission.platform = form.platform();
  submission.form_state = FormState::read;
  submission.form = form;
  reading.submissions.push_back(std::move(submission));
  return reading;
}

// What a clerk copied wrongly: numbers and dates that cannot be right.
void refuse_mistakes(const Reading& reading, const OfficeConfig& office, const Config& config,
                     Seconds received) {
  const auto verdict = examine(reading, office, config, received,
                               [](const Submission&) { return std::vector<Known>(); });
  std::string mistakes;
  const auto* spec = &config.forms.of(reading.submissions[0].form->kind);
  for (const auto& finding : verdict.submissions.at(0).findings)
    if (finding.code == "field.invalid" || finding.code == "id.checksum")
      mistakes += "“" + label_of(spec, finding.field) + "”：" + finding.detail + "。";
  if (!mistakes.empty()) throw WebError(400, "bad-request", mistakes);
}

SettledSubmission settled_of(const Form& form, const Submission& submission) {
  const auto registrant = registrant_of(form);
  SettledSubmission one;
  one.platform = form.platform();
  one.form = to_string(form.kind);
  one.action = to_string(form.action);
  one.registrant_name = registrant.name;
  one.registrant_class = to_string(registrant.klass);
  one.id_type = registrant.id_type ? to_string(*registrant.id_type) : "";
  one.id_number = registrant.id_number;
  one.account_id = account_of(submission);
  one.fields_json = dumped(fields_json_of(form), -1);
  one.facts_json = "[]";
  one.decision = Decision::accept;
  one.status = status_after(form.action);
  return one;
}

WebResponse paper(DeskParts& parts, const Asked& asked) {
  const auto body = body_of(asked.request);
  const auto* spec = spec_of(parts.config, text_of(body, "form"));
  const auto* office = parts.config.office(bound_office(asked, text_of(body, "office")));
  if (spec == nullptr || office == nullptr)
    throw WebError(400, "bad-request", "请选择登记表和网信办。");
  const auto received = seconds_of(text_of(body, "received") + "T12:00:00+08:00");
  if (!received || *received > asked.now + 86'400)
    throw WebError(400, "bad-request", "请填写收到材料的日期。");
  const auto form = form_of(body, *spec);
  const auto reading = reading_of(form);
  refuse_mistakes(reading, *office, parts.config, *received);
  PaperSubmission submitted{settled_of(form, reading.submissions[0]),
                            office->id,
                            asked.who().name,
                            text_of(body, "note", 2'000),
                            to_wire(reading),
                            day_of(*received).substr(0, 4),
                            office->prefix,
                            *received,
                            asked.now};
  auto& one = submitted.submission;
  one.change = RecordChange::create;
  if (const auto number = text_of(body, "number"); !number.empty()) {
    const auto record = Records(parts.database).find(number);
    if (!record || !may_see(asked.who(), record->office)) not_found();
    one.change = RecordChange::append;
    one.record = record->record;
  }
  const auto filed = Records(parts.database).file_paper(submitted);
  return json_response({{"number", filed.number}}, 201);
}

}  // namespace

std::vector<Route> record_routes() {
  return {{"GET", "/api/records/:", Needs::session, show_record},
          {"POST", "/api/records/:/events", Needs::decide, note},
          {"GET", "/api/forms", Needs::session, forms},
          {"POST", "/api/records", Needs::decide, paper}};
}

}  // namespace dengji
