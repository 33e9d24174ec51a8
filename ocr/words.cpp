#include "ocr/words.hpp"

#include <algorithm>
#include <cmath>

namespace dengji {
namespace {

// Pixels of a line's characters when they are read: what the models scale their lines to (48 for
// Han, 36 for digits) less the margin. eng reads digits best when they are larger.
constexpr double han_height = 36, digit_height = 56;
constexpr double margin = 0.25;      // of the height, round the line
constexpr double least_print = 0.8;  // of the usual height: what is lower is a speck

bool holds(const Box& outer, const Box& inner) {
  const int x = inner.x + inner.w / 2, y = inner.y + inner.h / 2;
  return x >= outer.x && x < outer.x + outer.w && y >= outer.y && y < outer.y + outer.h;
}

// The columns of a line without the middle of its wide gaps: characters that stand far apart, as
// those of a title do, are read as ones with something between them, and blank paper costs as much
// as print.
std::vector<int> without_gaps(const GreyImage& line, double height) {
  constexpr int ink = 150;
  const int most = static_cast<int>(0.5 * height);  // columns of a gap that stay
  std::vector<int> columns;
  std::vector<bool> blank(static_cast<std::size_t>(line.width));
  for (int x = 0; x < line.width; ++x) {
    int darkest = 255;
    for (int y = 0; y < line.height; ++y) darkest = std::min<int>(darkest, line.at(x, y));
    blank[static_cast<std::size_t>(x)] = darkest >= ink;
  }
  for (int x = 0; x < line.width;) {
    int end = x;
    while (end < line.width &&
           blank[static_cast<std::size_t>(end)] == blank[static_cast<std::size_t>(x)])
      ++end;
    const bool wide = blank[static_cast<std::size_t>(x)] && end - x > most;
    for (int k = x; k < end; ++k)
      if (!wide || k < x + most / 2 || k >= end - most / 2) columns.push_back(k);
    x = end;
  }
  return columns;
}

GreyImage only(const GreyImage& line, const std::vector<int>& columns) {
  GreyImage out(static_cast<int>(columns.size()), line.height);
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      out.row(y)[x] = line.at(columns[static_cast<std::size_t>(x)], y);
  return out;
}

}  // namespace

Words::Words(const Sheet& sheet, std::vector<Box> stamped, Recogniser& recogniser,
             const Budget& budget)
    : sheet_(&sheet),
      stamped_(std::move(stamped)),
      recogniser_(&recogniser),
      budget_(&budget),
      read_(sheet.lines().size()) {}

// Inside of the line's cell, since a rule reads as a character.
Words::Cut Words::cut(std::size_t line, double height) const {
  const auto& place = this->place(line);
  const int by = std::max(2, static_cast<int>(margin * place.height));
  Cut cut;
  cut.box = grown(place.box, by, sheet_->width(), sheet_->height());
  for (const auto& cell : sheet_->cells())
    if (holds(cell, place.box)) cut.box = intersection(cut.box, cell);
  if (cut.box.w <= 0 || cut.box.h <= 0) return {};
  cut.scale = std::min(4.0, height / std::max(1.0, place.height));
  const bool stamped = std::any_of(stamped_.begin(), stamped_.end(), [&](const Box& seal) {
    return area(intersection(seal, cut.box)) > 0;
  });
  const GreyImage strip =
      stamped ? sheet_->without_red(cut.box, cut.scale) : sheet_->grey(cut.box, cut.scale);
  cut.columns = without_gaps(strip, height);
  cut.picture = only(strip, cut.columns);
  return cut;
}

TextLine Words::on_sheet(TextLine line, const Cut& cut) const {
  const auto round = [&](double v) { return static_cast<int>(std::lround(v / cut.scale)); };
  const auto column = [&](int x) {
    const auto last = static_cast<int>(cut.columns.size()) - 1;
    return cut.columns[static_cast<std::size_t>(std::clamp(x, 0, last))];
  };
  if (cut.columns.empty()) return line;
  const auto back = [&](const Box& b) {
    const int left = column(b.x), right = column(b.x + b.w - 1) + 1;
    return Box{cut.box.x + round(left), cut.box.y + round(b.y), round(right - left), round(b.h)};
  };
  line.box = back(line.box);
  for (auto& glyph : line.glyphs) glyph.box = back(glyph.box);
  return line;
}

const TextLine& Words::read(std::size_t line) {
  auto& known = read_[line];
  if (!known) {
    const auto picture = cut(line, han_height);
    const auto view = picture.picture.view();
    auto text = recogniser_->line(Script::han, Layout::sought, view, "", *budget_);
    // Of few characters, those of a title or a person's name, the layout makes nothing at times.
    if (text.glyphs.empty() && place(line).box.h >= least_print * usual_height())
      text = recogniser_->line(Script::han, Layout::given, view, "", *budget_);
    known = on_sheet(std::move(text), picture);
  }
  return *known;
}

void Words::read_all() {
  for (std::size_t i = 0; i < count(); ++i) read(i);
}

TextLine Words::digits(std::size_t line, const std::string& whitelist) {
  const auto picture = cut(line, digit_height);
  return on_sheet(
      recogniser_->line(Script::latin, Layout::sought, picture.picture.view(), whitelist, *budget_),
      picture);
}

PageText Words::text() const {
  std::vector<TextLine> lines;
  for (const auto& line : read_)
    if (line && !line->glyphs.empty()) lines.push_back(*line);
  return PageText(std::move(lines));
}

double Words::usual_height() const {
  std::vector<std::pair<double, double>> heights;  // and how much print has it
  double all = 0;
  for (const auto& line : sheet_->lines()) {
    heights.emplace_back(line.height, line.box.w);
    all += line.box.w;
  }
  std::sort(heights.begin(), heights.end());
  double before = 0;
  for (const auto& [height, width] : heights)
    if ((before += width) >= all / 2) return height;
  return 0;
}

}  // namespace dengji
