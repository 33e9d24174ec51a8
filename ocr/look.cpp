#include "ocr/look.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/certificate.hpp"
#include "ocr/form_check.hpp"
#include "ocr/number_read.hpp"
#include "ocr/page_kind.hpp"
#include "ocr/prepare.hpp"
#include "ocr/seal_read.hpp"
#include "ocr/signature.hpp"

namespace dengji {
namespace {

// What reading whole pages needs: finer costs time and reads no better.
constexpr double reading_dpi = 200;
constexpr double short_side = 1654;  // of A4 at that resolution, for sheets of unknown size

double reading_scale(const Sheet& sheet) {
  const double side = std::min(sheet.width(), sheet.height());
  const double scale =
      sheet.dpi() > 0 ? reading_dpi / sheet.dpi() : short_side / std::max(1.0, side);
  return std::clamp(scale, 0.25, 2.0);
}

Box times(const Box& box, double factor) {
  const auto round = [factor](int v) { return static_cast<int>(std::lround(v * factor)); };
  return {round(box.x), round(box.y), round(box.w), round(box.h)};
}

struct ReadSheet {
  Sheet sheet;
  PageText text;  // in pixels of the sheet
  KindReading kind;
};

PageText read_text(const Sheet& sheet, Recogniser& recogniser, const Budget& budget) {
  const double scale = reading_scale(sheet);
  const auto picture = sheet.grey(sheet.whole(), scale);
  auto lines = recogniser.page(picture.view(), static_cast<int>(reading_dpi), budget);
  for (auto& line : lines) {
    line.box = times(line.box, 1 / scale);
    for (auto& glyph : line.glyphs) glyph.box = times(glyph.box, 1 / scale);
  }
  return PageText(std::move(lines));
}

ReadSheet read_sheet(Sheet sheet, Recogniser& recogniser, const FormSpecs& forms,
                     const Budget& budget) {
  auto text = read_text(sheet, recogniser, budget);
  const auto kind = page_kind(text, forms);
  return {std::move(sheet), std::move(text), kind};
}

constexpr double sure_turn =
    1.0;  // Tesseract's orientation confidence below which all four ways are tried

// Rules and outlines do not tell up from down on every page; where the words make no sense although
// they can be read, the page is turned.
ReadSheet read_upright(Sheet sheet, bool readable, Recogniser& recogniser, const FormSpecs& forms,
                       const Budget& budget) {
  auto read = read_sheet(std::move(sheet), recogniser, forms, budget);
  if (read.kind.kind != PageKind::other || !readable || budget.spent()) return read;
  const double scale = reading_scale(read.sheet);
  const auto grey = read.sheet.grey(read.sheet.whole(), scale);
  const auto way = recogniser.orientation(grey.view(), static_cast<int>(reading_dpi));
  std::vector<int> quarters;
  if (way.turn != 0) quarters.push_back(way.turn / 90);
  if (way.confidence < sure_turn)
    for (const int other : {2, 1, 3})
      if (other != way.turn / 90) quarters.push_back(other);
  for (const int quarter : quarters) {
    auto turned = read_sheet(read.sheet.turned(quarter), recogniser, forms, budget);
    if (turned.kind.kind != PageKind::other) return turned;
  }
  return read;
}

std::vector<ReadNumber> read_numbers(const ReadSheet& read, Recogniser& recogniser,
                                     const std::vector<Expectation>& expectations,
                                     const Budget& budget) {
  std::vector<ReadNumber> numbers;
  const auto expected = expected_numbers(expectations);
  const Crop crop = [&](const Box& box, int height) {
    return box.h > 0 ? read.sheet.grey(box, static_cast<double>(height) / box.h) : GreyImage();
  };
  for (auto& place : find_numbers(read.text, read.sheet.width())) {
    auto vote = read_number(recogniser, crop, place, expected, budget);
    numbers.push_back({std::move(place), std::move(vote)});
  }
  return numbers;
}

std::vector<Number> numbers_of(const std::vector<ReadNumber>& read, const Sheet& sheet) {
  std::vector<Number> numbers;
  for (const auto& [place, vote] : read) {
    const auto shape = id_shape(vote.text, place.type == IdType::citizen);
    if (!shape) continue;
    const auto type = check_id(place.type, vote.text).ok() ? place.type : *shape;
    numbers.push_back({vote.text, type, sheet.page_box(place.box), vote.confidence, vote.agreed});
  }
  return numbers;
}

std::vector<std::string> claimed_names(const std::vector<Expectation>& expectations) {
  std::vector<std::string> names;
  for (const auto& expectation : expectations) {
    const auto& name = expectation.registrant.name;
    const bool person = expectation.registrant.klass == RegistrantClass::individual;
    if (!name.empty() && !person && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  return names;
}

// A registrar's seal on a certificate only has to be there; the others must name the registrant.
std::vector<Seal> read_seals(const Sheet& sheet, PageKind kind, const EyeOptions& options,
                             Recogniser& recogniser, const std::vector<Expectation>& expectations,
                             const Budget& budget) {
  std::vector<Seal> seals;
  const auto claimed = claimed_names(expectations);
  for (const auto& found : find_seals(sheet)) {
    Seal seal;
    seal.shape = found.shape;
    seal.red = found.red;
    seal.box = found.on_page;
    seal.confidence = found.confidence;
    seal.pasted = found.pasted;
    seal.fingerprint = found.fingerprint;
    if (kind == PageKind::form || kind == PageKind::commitment) {
      const auto reading = read_seal(found, claimed, options.places, recogniser, budget);
      seal.text = reading.text;
      seal.name = reading.name;
      seal.name_score = reading.score;
    }
    seals.push_back(std::move(seal));
  }
  return seals;
}

Agreement agreement_of(const PageFacts& facts, const ReadSheet& read,
                       const std::vector<ReadNumber>& numbers, const Expectation& expectation,
                       const FormSpecs& forms) {
  switch (facts.kind) {
    case PageKind::form:
      return check_form(read.text, read.sheet.cells(), read.kind, numbers, expectation, forms);
    case PageKind::certificate:
      return check_certificate(facts.name, numbers, expectation);
    case PageKind::commitment:
      return check_commitment(read.text, expectation);
    case PageKind::other:
      break;
  }
  return {};
}

}  // namespace

PageFacts look_at(const Page& page, Recogniser& recogniser, const EyeOptions& options,
                  const std::vector<Expectation>& expectations) {
  const Budget budget(options.page_seconds);
  PageFacts facts;
  facts.page = page.number;
  facts.width = page.pixels.width;
  facts.height = page.pixels.height;
  facts.agreement.resize(expectations.size());
  if (page.blank) return facts;
  auto sheet = prepare(page);
  facts.quality = measure_quality(page, sheet);
  const auto read =
      read_upright(std::move(sheet), facts.quality.readable, recogniser, options.forms, budget);
  facts.kind = read.kind.kind;
  facts.kind_confidence = read.kind.confidence;
  facts.form = read.kind.form;
  facts.certificate = read.kind.certificate;
  facts.seals = read_seals(read.sheet, facts.kind, options, recogniser, expectations, budget);
  if (facts.kind == PageKind::form || facts.kind == PageKind::commitment)
    facts.signature = find_signature(read.sheet, read.text, facts.kind);
  std::vector<ReadNumber> numbers;
  if (facts.kind == PageKind::form || facts.kind == PageKind::certificate)
    numbers = read_numbers(read, recogniser, expectations, budget);
  facts.numbers = numbers_of(numbers, read.sheet);
  if (facts.kind == PageKind::certificate) {
    facts.name = holder_name(read.text, facts.certificate);
    facts.valid_until = valid_until(read.text);
  }
  for (std::size_t i = 0; i < expectations.size(); ++i)
    facts.agreement[i] = agreement_of(facts, read, numbers, expectations[i], options.forms);
  return facts;
}

}  // namespace dengji
