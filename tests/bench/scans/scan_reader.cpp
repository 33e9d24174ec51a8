// What the eye sees on drawn scans, for measure.py: a line of JSON a page.
//
//   scan_reader FOLDER      reads FOLDER/truth.jsonl (draw.py), writes to standard output
//
// Each page is looked at with what its form would lead to expect, and again with something near it
// that is not there (another registrant, numbers that differ by a digit, another platform): what is
// confirmed the second time is a wrong acceptance. A certificate is looked at a third time as
// `dengji see` does, with nothing expected. Each seal of a registrant is read with near names
// beside. Build it without sanitizers.
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "daemon/config.hpp"
#include "ocr/look.hpp"
#include "ocr/page.hpp"
#include "ocr/prepare.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_inside.hpp"
#include "ocr/seal_read.hpp"

namespace {

using namespace dengji;
using Json = nlohmann::ordered_json;

double now_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) * 1e-6;
}

std::string text(const Json& json, const char* key) { return json.value(key, std::string()); }

FormKind form_of(const std::string& word) {
  if (word == "account") return FormKind::account;
  return word == "forum" ? FormKind::forum : FormKind::website;
}

// The number that the page of this truth must show for its registrant.
std::string number_of(const Json& truth, const Json& who) {
  if (truth["certificate"] == "id_card") return text(who, "citizen");
  if (truth["drawn"] == "orgcode_certificate") return text(who, "orgcode");
  return text(who, truth["drawn"] == "old_licence" ? "licence" : "id_number");
}

Expectation expected(const Json& truth) {
  const Json& who = truth["who"];
  Expectation e;
  if (!text(truth, "form").empty()) e.form = form_of(text(truth, "form"));
  e.platform = text(truth, "platform");
  const bool person = truth["certificate"] == "id_card";
  e.registrant.name = text(who, person ? "person" : "name");
  e.registrant.klass = person                         ? RegistrantClass::individual
                       : who["class"] == "government" ? RegistrantClass::government
                                                      : RegistrantClass::organisation;
  e.registrant.id_number = number_of(truth, who);
  e.manager_name = text(who, "manager");
  e.manager_id = text(who, "manager_id");
  return e;
}

// Near what is there, and wrong in each part.
Expectation unexpected(const Json& truth) {
  auto e = expected(truth);
  const Json& near = truth["near"];
  e.platform = text(near, "platform");
  e.registrant.id_number = number_of(truth, near);
  e.manager_id = text(near, "manager_id");
  return e;
}

Json said(const std::optional<bool>& fact) { return fact ? Json(*fact) : Json(nullptr); }

Json agreement(const Agreement& a) {
  return {{"form", said(a.form)},
          {"platform", said(a.platform)},
          {"registrant", said(a.registrant)},
          {"id_number", said(a.id_number)},
          {"manager_id", said(a.manager_id)}};
}

Json box(const Box& b) { return {b.x, b.y, b.w, b.h}; }

const char* word(SealName name) {
  return name == SealName::matches ? "matches" : name == SealName::differs ? "differs" : "unread";
}

Json seal_json(const Seal& seal) {
  return {{"shape", static_cast<int>(seal.shape)},
          {"box", box(seal.box)},
          {"confidence", seal.confidence},
          {"red", seal.red},
          {"pasted", seal.pasted},
          {"text", seal.text},
          {"name", word(seal.name)},
          {"score", seal.name_score},
          {"fingerprint", seal.fingerprint}};
}

Json facts_json(const PageFacts& facts) {
  Json json{{"kind", to_string(facts.kind)},
            {"form", facts.form ? Json(to_string(*facts.form)) : Json(nullptr)},
            {"certificate", to_string(facts.certificate)},
            {"readable", facts.quality.readable},
            {"why", facts.quality.why},
            {"sharpness", facts.quality.sharpness},
            {"contrast", facts.quality.contrast},
            {"text_height", facts.quality.text_height},
            {"monochrome", facts.quality.monochrome},
            {"name", facts.name},
            {"legal_name", facts.legal_name},
            {"valid_until", facts.valid_until},
            {"seals", Json::array()},
            {"numbers", Json::array()}};
  if (!facts.agreement.empty()) json["agreement"] = agreement(facts.agreement.front());
  for (const auto& seal : facts.seals) json["seals"].push_back(seal_json(seal));
  for (const auto& n : facts.numbers)
    json["numbers"].push_back({{"text", n.text}, {"agreed", n.agreed}, {"box", box(n.box)}});
  return json;
}

// Whose seal lies where this one was found.
const Json* true_seal(const Json& truth, const Box& found) {
  for (const Json& seal : truth["seals"]) {
    const Box at{seal["box"][0], seal["box"][1], seal["box"][2], seal["box"][3]};
    if (area(intersection(at, found)) > 0.5 * std::min(area(at), area(found))) return &seal;
  }
  return nullptr;
}

// Each registrant's seal read with the name on it, then with each near name in its stead.
Json names(const Json& truth, const Sheet& sheet, const EyeOptions& options, Recogniser& reader) {
  Json all = Json::array();
  const Budget budget(options.page_seconds);
  for (const auto& found : find_seals(sheet)) {
    const Json* seal = true_seal(truth, found.on_page);
    if (seal == nullptr || (*seal)["of"] != "registrant") continue;
    SealReader seal_reader(found, reader, budget);
    const auto claim = [&](const std::string& name) {
      const auto reading = seal_reader.read({name}, options.places);
      return Json{{"claimed", name},
                  {"name", word(reading.name)},
                  {"score", reading.score},
                  {"losses", reading.fit.losses},
                  {"text", reading.text}};
    };
    Json one = claim(text(*seal, "text"));
    one["free"] = seal_reader.read({}, {}).text;
    const auto inside = read_inside(found, reader, budget);
    one["inside"] = {{"star", inside.star}, {"line", inside.line}};
    one["seal"] = *seal;
    for (const auto& near : (*seal)["near"]) one["rivals"].push_back(claim(near));
    all.push_back(std::move(one));
  }
  return all;
}

Json look(const Json& truth, const Page& page, const EyeOptions& options, Recogniser& reader) {
  const double start = now_ms();
  Json json = facts_json(look_at(page, reader, options, {expected(truth)}));
  json["ms"] = now_ms() - start;
  const auto wrong = look_at(page, reader, options, {unexpected(truth)});
  json["wrong"] = agreement(wrong.agreement.at(0));
  if (truth["paper"] == "certificate") json["see"] = facts_json(look_at(page, reader, options, {}));
  json["names"] = names(truth, prepare(page), options, reader);
  json["truth"] = truth;
  return json;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  const std::string folder = words[1];
  const auto config = load_config(std::string(SOURCE_DIR) + "/etc/dengji.toml");
  EyeOptions options;
  options.forms = config.forms;
  for (const auto& office : config.offices)
    options.places.insert(options.places.end(), office.areas.begin(), office.areas.end());
  Recogniser reader("");
  std::ifstream truths(folder + "/truth.jsonl");
  for (std::string line; std::getline(truths, line);) {
    const auto truth = Json::parse(line);
    std::ifstream file(folder + "/" + text(truth, "file"), std::ios::binary);
    const auto picture =
        make_attachment(text(truth, "file"), std::string{std::istreambuf_iterator<char>(file), {}});
    auto pages = Pages::open(picture);
    if (!pages) return 1;
    const auto page = pages->read(1);
    if (page) std::cout << look(truth, *page, options, reader).dump() << std::endl;
  }
  return 0;
}
