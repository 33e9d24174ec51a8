#include "daemon/page_json.hpp"

#include <array>

namespace dengji {
namespace {

Json box_json(const Box& box) { return {box.x, box.y, box.w, box.h}; }

const char* word(SealShape shape) {
  static constexpr std::array words{"round", "oval", "square"};
  return words[static_cast<std::size_t>(shape)];
}

Json quality_json(const Quality& quality) {
  return {{"readable", quality.readable},       {"why", text_or_null(quality.why)},
          {"text_height", quality.text_height}, {"sharpness", quality.sharpness},
          {"contrast", quality.contrast},       {"monochrome", quality.monochrome}};
}

Json number_json(const Number& number) {
  return {{"text", number.text},
          {"type", to_string(number.type)},
          {"box", box_json(number.box)},
          {"confidence", number.confidence}};
}

Json page_json(const PageFacts& page) {
  Json json{{"page", page.page},
            {"width", page.width},
            {"height", page.height},
            {"dpi", page.quality.dpi},
            {"kind", to_string(page.kind)},
            {"form", page.form ? Json(to_string(*page.form)) : Json(nullptr)},
            {"certificate", page.certificate == CertificateKind::none
                                ? Json(nullptr)
                                : Json(to_string(page.certificate))},
            {"name", text_or_null(page.name)},
            {"valid_until", text_or_null(page.valid_until)},
            {"quality", quality_json(page.quality)},
            {"seals", Json::array()},
            {"numbers", Json::array()}};
  for (const auto& seal : page.seals) json["seals"].push_back(seal_json(seal));
  for (const auto& number : page.numbers) json["numbers"].push_back(number_json(number));
  return json;
}

}  // namespace

Json seal_json(const Seal& seal) {
  return {{"shape", word(seal.shape)},
          {"text", seal.text},
          {"box", box_json(seal.box)},
          {"confidence", seal.confidence},
          {"red", seal.red}};
}

std::string see_json(const AttachmentFacts& facts) {
  Json json{{"pages", Json::array()}};
  for (const auto& page : facts.pages) json["pages"].push_back(page_json(page));
  if (facts.problem) json["error"] = facts.problem->detail;
  return dumped(json, -1);
}

}  // namespace dengji
