#include "ocr/standing.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/seek.hpp"

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

std::vector<Box> boxes_of(const std::vector<FoundSeal>& seals) {
  std::vector<Box> boxes;
  for (const auto& seal : seals) boxes.push_back(seal.on_sheet);
  return boxes;
}

// A title read so well that no other words need be asked.
bool is_titled(const KindReading& kind) {
  constexpr double surely = 0.85;
  if (kind.kind == PageKind::other || kind.title < surely) return false;
  return kind.kind != PageKind::form || kind.form.has_value();
}

bool titled(Standing& page, const FormSpecs& forms) {
  read_titles(page.words, [&](const PageText& text) {
    page.kind = page_kind(text, forms);
    return is_titled(page.kind);
  });
  return is_titled(page.kind);
}

// Tesseract finds characters in print that stands on its head, and is less sure of them: 0.82 to
// 0.9 where upright print of the same page gives 0.96 to 0.99.
constexpr double upright_print = 0.95, clear_lead = 0.04;
constexpr double sure_across = 0.4;  // of Sheet::turn_sure(): which way the lines run is clear

// Rules and outlines do not tell up from down on every page; where the words make no sense although
// there are some, the page is turned until a title is read, else the way that reads best.
std::unique_ptr<Standing> best_way_up(std::unique_ptr<Standing> page, Recogniser& recogniser,
                                      const FormSpecs& forms, const Budget& budget) {
  const auto now = legibility(page->words);
  if (!now || *now >= upright_print) return page;
  double best = *now + clear_lead;
  const auto& first = *page;
  std::unique_ptr<Standing> chosen;
  for (const int quarters : {2, 1, 3}) {
    if (quarters != 2 && first.sheet.turn_sure() >= sure_across) break;
    auto other = std::make_unique<Standing>(first.sheet.turned(quarters), recogniser, budget);
    if (titled(*other, forms)) return other;
    const double legible = legibility(other->words).value_or(0);
    if (legible <= best) continue;
    best = legible;
    chosen = std::move(other);
    if (best >= upright_print) break;
  }
  return chosen ? std::move(chosen) : std::move(page);
}

}  // namespace

Standing::Standing(Sheet held, Recogniser& recogniser, const Budget& budget)
    : sheet(std::move(held)),
      seals(find_seals(sheet)),
      words(sheet, boxes_of(seals), recogniser, budget) {}

std::unique_ptr<Standing> stand_up(Sheet sheet, bool readable, Recogniser& recogniser,
                                   const FormSpecs& forms, const Budget& budget) {
  constexpr std::size_t least_lines = 4;  // of a page that has words at all
  auto page = std::make_unique<Standing>(std::move(sheet), recogniser, budget);
  if (titled(*page, forms)) return page;
  if (readable) page = best_way_up(std::move(page), recogniser, forms, budget);
  if (is_titled(page->kind)) return page;
  page->words.read_all();
  page->kind = page_kind(page->words.text(), forms);
  if (page->kind.kind == PageKind::other && readable && page->words.count() >= least_lines)
    page->kind = page_kind(whole_text(page->sheet, recogniser, budget), forms);
  return page;
}

PageText whole_text(const Sheet& sheet, Recogniser& recogniser, const Budget& budget) {
  const double scale = reading_scale(sheet);
  const auto picture = sheet.grey(sheet.whole(), scale);
  auto lines = recogniser.page(picture.view(), static_cast<int>(reading_dpi), budget);
  for (auto& line : lines) {
    line.box = times(line.box, 1 / scale);
    for (auto& glyph : line.glyphs) glyph.box = times(glyph.box, 1 / scale);
  }
  return PageText(std::move(lines));
}

}  // namespace dengji
