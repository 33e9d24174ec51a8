#include "ocr/page_text.hpp"

#include <algorithm>
#include <numeric>

#include "ocr/fuzzy.hpp"

namespace dengji {
namespace {

// A line belongs to a row if it overlaps the row's first line by half of the lower of the two, and
// neither is so much taller that it is a border or a seal rather than text.
bool side_by_side(const Box& a, const Box& b) {
  const int overlap = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
  const int low = std::min(a.h, b.h), high = std::max(a.h, b.h);
  return 2 * overlap >= low && high <= 3 * low;
}

std::vector<std::vector<std::size_t>> rows_of(const std::vector<TextLine>& lines) {
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto middle = [&](std::size_t i) { return 2 * lines[i].box.y + lines[i].box.h; };
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return middle(a) < middle(b); });
  std::vector<std::vector<std::size_t>> rows;
  for (const auto i : order) {
    const auto home = std::find_if(rows.rbegin(), rows.rend(), [&](const auto& row) {
      return side_by_side(lines[row.front()].box, lines[i].box);
    });
    if (home == rows.rend())
      rows.push_back({i});
    else
      home->push_back(i);
  }
  for (auto& row : rows)
    std::sort(row.begin(), row.end(),
              [&](auto a, auto b) { return lines[a].box.x < lines[b].box.x; });
  return rows;
}

TextRow make_row(const std::vector<TextLine>& lines, const std::vector<std::size_t>& members) {
  TextRow row;
  row.box = lines[members.front()].box;
  for (const auto line : members) {
    row.box = united(row.box, lines[line].box);
    for (std::size_t glyph = 0; glyph < lines[line].glyphs.size(); ++glyph)
      for (const char32_t code : fold(lines[line].glyphs[glyph].text)) {
        row.text += code;
        row.sources.push_back({line, glyph});
        row.confidence.push_back(lines[line].glyphs[glyph].confidence);
      }
  }
  return row;
}

}  // namespace

Box united(const Box& a, const Box& b) {
  if (a.w <= 0 || a.h <= 0) return b;
  if (b.w <= 0 || b.h <= 0) return a;
  const int left = std::min(a.x, b.x), top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.w, b.x + b.w) - left, std::max(a.y + a.h, b.y + b.h) - top};
}

PageText::PageText(std::vector<TextLine> lines) : lines_(std::move(lines)) {
  for (const auto& members : rows_of(lines_)) rows_.push_back(make_row(lines_, members));
}

PageText::Hit PageText::find(std::string_view words) const {
  Hit best;
  for (const auto& hit : find_all(words, 0.01))
    if (hit.score > best.score) best = hit;
  return best;
}

std::vector<PageText::Hit> PageText::find_all(std::string_view words, double score) const {
  std::vector<Hit> hits;
  const auto sought = fold(words);
  if (sought.empty()) return hits;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const auto found = find_alike(sought, rows_[row].text);
    if (found.score >= score && found.end > found.begin)
      hits.push_back(
          {found.score, row, found.begin, found.end, box_of(row, found.begin, found.end)});
  }
  return hits;
}

Box PageText::box_of(std::size_t row, std::size_t begin, std::size_t end) const {
  Box box;
  const auto& sources = rows_[row].sources;
  for (auto i = begin; i < std::min(end, sources.size()); ++i)
    box = united(box, lines_[sources[i].line].glyphs[sources[i].glyph].box);
  return box;
}

double PageText::median_height() const {
  if (lines_.empty()) return 0;
  std::vector<int> heights;
  for (const auto& line : lines_) heights.push_back(line.box.h);
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

}  // namespace dengji
