#include "daemon/page_json.hpp"

namespace dengji {
namespace {

Json box_json(const Box& box) { return {box.x, box.y, box.w, box.h}; }

Json quality_json(const Quality& quality) {
  return {{"readable", quality.readable},       {"why", text_or_null(quality.why)},
          {"text_height", quality.text_height}, {"sharpness", quality.sharpness},
          {"contrast", quality.contrast},       {"brightness", quality.brightness},
          {"monochrome", quality.monochrome}};
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
            {"turn", page.turn},
            {"dpi", page.quality.dpi},
            {"kind", to_string(page.kind)},
            {"form", page.form ? Json(to_string(*page.form)) : Json(nullptr)},
            {"certificate", page.certificate == CertificateKind::none
                                ? Json(nullptr)
                                : Json(to_string(page.certificate))},
            {"name", text_or_null(page.name)},
            {"legal_name", text_or_null(page.legal_name)},
            {"valid_until", text_or_null(page.valid_until)},
            {"quality", quality_json(page.quality)},
            {"seals", Json::array()},
            {"numbers", Json::array()},
            {"lines", Json::array()}};
  for (const auto& seal : page.seals) json["seals"].push_back(seal_json(seal));
  for (const auto& number : page.numbers) json["numbers"].push_back(number_json(number));
  for (const auto& line : page.lines)
    json["lines"].push_back({{"text", line.text}, {"box", box_json(line.box)}});
  return json;
}

}  // namespace

Json seal_json(const Seal& seal) {
  Json json{{"shape", to_string(seal.shape)},
            {"text", seal.text},
            {"box", box_json(seal.box)},
            {"confidence", seal.confidence},
            {"red", seal.red}};
  if (seal.inside) {
    json["star"] = seal.inside->star;
    json["line"] = text_or_null(seal.inside->line);
  }
  return json;
}

Json see_json(const AttachmentFacts& facts) {
  Json json{{"pages", Json::array()}};
  for (const auto& page : facts.pages) json["pages"].push_back(page_json(page));
  if (facts.problem) json["error"] = facts.problem->detail;
  return json;
}

}  // namespace dengji
