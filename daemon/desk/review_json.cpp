#include "daemon/desk/review_json.hpp"

#include <algorithm>
#include <array>

#include "daemon/page_json.hpp"
#include "parsers/identifier.hpp"
#include "parsers/text.hpp"

namespace dengji {

namespace {

const Submission& submission_of(const OpenCase& open) {
  return open.verdict.submissions.front().submission;
}

// The page as it is shown: upright.
Json upright(const Box& box, const PageFacts& page) {
  const auto shown = turned(box, page.turn, page.width, page.height);
  return {shown.x, shown.y, shown.w, shown.h};
}

struct Look {  // a page of one of the submission's files
  std::size_t file;
  const PageFacts* page;
  const Agreement* agreement;  // with this submission; null where not judged
};

std::vector<Look> looks_of(const OpenCase& open) {
  std::vector<Look> looks;
  const auto index = static_cast<std::size_t>(open.stored.position - 1);
  for (const auto& part : submission_of(open).parts)
    for (const auto& page : open.verdict.files[part.attachment].pages)
      looks.push_back({part.attachment, &page,
                       index < page.agreement.size() ? &page.agreement[index] : nullptr});
  return looks;
}

// Where on a page a finding of this code is seen.
std::optional<Box> box_for(const std::string& code, const PageFacts& page) {
  if (code.starts_with("seal.") && !page.seals.empty()) {
    const auto best =
        std::max_element(page.seals.begin(), page.seals.end(),
                         [](const Seal& a, const Seal& b) { return a.confidence < b.confidence; });
    return best->box;
  }
  if (code.starts_with("id.") && !page.numbers.empty()) return page.numbers.front().box;
  if (code == "scan.unreadable") return Box{0, 0, page.width, page.height};
  return std::nullopt;
}

const std::string* word_for(const std::map<std::string, std::string>& words,
                            const std::string& code) {
  const auto found = words.find(code);
  return found == words.end() ? nullptr : &found->second;
}

std::optional<std::size_t> file_named(const OpenCase& open, const std::string& name) {
  for (const auto& part : submission_of(open).parts)
    if (open.verdict.files[part.attachment].name == name) return part.attachment;
  return std::nullopt;
}

Json finding_json(const Finding& finding, std::size_t n, const OpenCase& open,
                  const Config& config) {
  const auto* title = word_for(config.letters.titles, finding.code);
  const auto* advice = word_for(config.letters.phrases, finding.code);
  Json json{{"n", n},
            {"code", finding.code},
            {"severity", to_string(finding.severity)},
            {"title", title ? *title : finding.code},
            {"advice", advice ? *advice : ""},
            {"detail", finding.detail},
            {"file", nullptr},
            {"page", finding.page > 0 ? Json(finding.page) : Json(nullptr)},
            {"field", text_or_null(finding.field)},
            {"box", nullptr}};
  const auto file = file_named(open, finding.attachment);
  if (!file) return json;
  json["file"] = *file;
  for (const auto& page : open.verdict.files[*file].pages)
    if (page.page == std::max(finding.page, 1))
      if (const auto box = box_for(finding.code, page)) {
        json["page"] = page.page;
        json["box"] = upright(*box, page);
      }
  return json;
}

Json read_entry(const Look& look, const std::string& text, const std::optional<bool>& agrees,
                const std::optional<Box>& box) {
  return {{"file", look.file},
          {"page", look.page->page},
          {"text", text},
          {"agrees", agrees ? Json(*agrees) : Json(nullptr)},
          {"box", box ? upright(*box, *look.page) : Json(nullptr)}};
}

// What the pages show for an identity number of the form: the same, or surely another.
void read_number(const Look& look, const std::string& value, const std::optional<bool>& agreement,
                 Json& reads) {
  for (const auto& number : look.page->numbers)
    if (number.text == value) {
      reads.push_back(read_entry(look, number.text, true, number.box));
      return;
    }
  if (agreement != false) return;
  for (const auto& number : look.page->numbers)
    reads.push_back(read_entry(look, number.text, false, number.box));
}

// A name either stands on the page or another in its place.
void read_name(const Look& look, const std::string& value, const std::optional<bool>& agreement,
               Json& reads) {
  if (agreement == true) reads.push_back(read_entry(look, value, true, {}));
  if (agreement == false) reads.push_back(read_entry(look, "", false, {}));
}

Json reads_of(const FieldSpec& spec, const FormSpec& form, const std::string& value,
              const OpenCase& open) {
  Json reads = Json::array();
  if (value.empty()) return reads;
  const auto number = canonical_id(value);
  for (const auto& look : looks_of(open)) {
    const Agreement none;
    const auto& agreement = look.agreement ? *look.agreement : none;
    if (spec.key == "id_number") read_number(look, number, agreement.id_number, reads);
    if (spec.key == "legal_id") read_number(look, number, agreement.legal_id, reads);
    if (spec.key == "manager_id") read_number(look, number, agreement.manager_id, reads);
    if (spec.key == form.name_key) read_name(look, value, agreement.platform, reads);
    if (spec.key != "org_name") continue;
    if (!look.page->name.empty())
      reads.push_back(read_entry(look, look.page->name,
                                 fold_name(look.page->name) == fold_name(value)
                                     ? std::optional<bool>(true)
                                     : agreement.registrant,
                                 {}));
    else
      read_name(look, value, agreement.registrant, reads);
  }
  return reads;
}

std::string place_words(const Place& place) {
  return "表" + std::to_string(place.table + 1) + " 第" + std::to_string(place.row + 1) + "行第" +
         std::to_string(place.column + 1) + "列";
}

Json seal_review(const Seal& seal, const PageFacts& page) {
  static constexpr std::array words{"unread", "matches", "differs"};
  auto json = seal_json(seal);
  json["box"] = upright(seal.box, page);
  json["name"] = words[static_cast<std::size_t>(seal.name)];
  return json;
}

Json page_review(const PageFacts& page) {
  const bool lying = page.turn % 2 != 0;
  Json json{{"page", page.page},
            {"width", lying ? page.height : page.width},
            {"height", lying ? page.width : page.height},
            {"kind", to_string(page.kind)},
            {"certificate", page.certificate == CertificateKind::none
                                ? Json(nullptr)
                                : Json(to_string(page.certificate))},
            {"name", text_or_null(page.name)},
            {"legal_name", text_or_null(page.legal_name)},
            {"valid_until", text_or_null(page.valid_until)},
            {"quality",
             {{"readable", page.quality.readable},
              {"why", text_or_null(page.quality.why)},
              {"sharpness", page.quality.sharpness},
              {"contrast", page.quality.contrast},
              {"monochrome", page.quality.monochrome},
              {"text_height", page.quality.text_height}}},
            {"seals", Json::array()},
            {"numbers", Json::array()}};
  for (const auto& seal : page.seals) json["seals"].push_back(seal_review(seal, page));
  for (const auto& number : page.numbers)
    json["numbers"].push_back({{"box", upright(number.box, page)},
                               {"text", number.text},
                               {"type", to_string(number.type)}});
  return json;
}

}  // namespace

std::string group_title(const FormSpec& form, const std::string& key) {
  for (const auto& group : form.groups)
    if (group.key == key && !group.titles.empty()) return group.titles.front();
  return "";
}

Json findings_json(const OpenCase& open, const Config& config) {
  Json all = Json::array();
  for (const auto& finding : open.stored.findings)
    all.push_back(finding_json(finding, all.size(), open, config));
  return all;
}

Json fields_review_json(const OpenCase& open, const Config& config) {
  Json all = Json::array();
  const auto& form = submission_of(open).form;
  if (!form) return all;
  const auto& spec = config.forms.of(form->kind);
  for (const auto& field : spec.fields) {
    if (field.type == FieldType::seal || field.type == FieldType::office) continue;
    const auto found = form->fields.find(field.key);
    const auto value = form->value(field.key);
    Json json{{"key", field.key},
              {"label", field.label},
              {"group", group_title(spec, field.group)},
              {"value", value},
              {"place", found == form->fields.end() ? "" : place_words(found->second.place)},
              {"mandatory", field.mandatory},
              {"reads", reads_of(field, spec, value, open)},
              {"findings", Json::array()}};
    for (std::size_t n = 0; n < open.stored.findings.size(); ++n)
      if (open.stored.findings[n].field == field.key) json["findings"].push_back(n);
    all.push_back(std::move(json));
  }
  return all;
}

Json files_json(const OpenCase& open) {
  Json all = Json::array();
  for (const auto& part : submission_of(open).parts) {
    const auto& file = open.verdict.files[part.attachment];
    Json json{{"index", part.attachment}, {"name", file.name},   {"role", to_string(part.role)},
              {"type", file.type},        {"bytes", file.bytes}, {"viewable", !file.pages.empty()},
              {"pages", Json::array()}};
    for (const auto& page : file.pages) json["pages"].push_back(page_review(page));
    all.push_back(std::move(json));
  }
  return all;
}

}  // namespace dengji
