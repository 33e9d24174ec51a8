#include "ocr/signature.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "ocr/components.hpp"

namespace dengji {
namespace {

constexpr std::array<std::string_view, 3> form_labels = {"单位意见盖章个人签名", "个人签名",
                                                         "单位意见盖章"};
constexpr std::array<std::string_view, 7> letter_labels = {
    "承诺人签字", "承诺人签名", "法定代表人签字", "负责人签字", "主要负责人签名", "签字", "签名"};

constexpr double place_height = 20;  // of print, in the picture that is searched
constexpr int dark = 150;            // of 255: ink rather than paper or its grain
constexpr int blueness = 35;         // blue above red: a pen rather than a printer

std::optional<PageText::Hit> first_hit(const PageText& text,
                                       std::span<const std::string_view> labels) {
  for (const auto label : labels) {
    const auto hit = text.find(label);
    if (hit.score >= 0.75) return hit;
  }
  return std::nullopt;
}

bool holds(const Box& outer, const Box& inner) {
  const int x = inner.x + inner.w / 2, y = inner.y + inner.h / 2;
  return x >= outer.x && x < outer.x + outer.w && y >= outer.y && y < outer.y + outer.h;
}

// The cell right of the one that holds the label, in the same row of the table.
std::optional<Box> cell_beside(const std::vector<Box>& cells, const Box& label) {
  const auto own =
      std::find_if(cells.begin(), cells.end(), [&](const Box& cell) { return holds(cell, label); });
  if (own == cells.end()) return std::nullopt;
  std::optional<Box> beside;
  for (const auto& cell : cells) {
    const int shared = std::min(cell.y + cell.h, own->y + own->h) - std::max(cell.y, own->y);
    const bool right = cell.x >= own->x + own->w - own->w / 10;
    if (right && 2 * shared >= own->h && (!beside || cell.x < beside->x)) beside = cell;
  }
  // A label may share its cell with what is written there.
  if (!beside && own->w > 3 * label.w) return *own;
  return beside;
}

bool is_red(const std::uint8_t* p) { return p[0] > std::max(p[1], p[2]) + 30; }
bool is_blue(const std::uint8_t* p) { return p[2] > p[0] + blueness && p[0] < 190; }
int lightness(const std::uint8_t* p) { return (2 * p[0] + 5 * p[1] + p[2]) / 8; }

// 255 where there is pen or print, without red ink; print that was read is left out unless it is
// blue.
GreyImage ink_mask(const ColourImage& picture, const std::vector<Box>& print) {
  GreyImage mask(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const auto* p = picture.row(y) + 3 * x;
      if (is_blue(p) || (lightness(p) < dark && !is_red(p))) mask.row(y)[x] = 255;
    }
  for (const auto& box : print) {
    const auto inside = intersection(box, {0, 0, picture.width, picture.height});
    for (int y = inside.y; y < inside.y + inside.h; ++y)
      for (int x = inside.x; x < inside.x + inside.w; ++x)
        if (!is_blue(picture.row(y) + 3 * x)) mask.row(y)[x] = 0;
  }
  return mask;
}

bool is_rule(const Box& box, double height) {
  const double thin = 0.35 * height;
  return (box.w > 4 * height && box.h < thin) || (box.h > 4 * height && box.w < thin);
}

bool near(const Box& a, const Box& b, double gap) {
  return a.x - gap < b.x + b.w && b.x - gap < a.x + a.w && a.y - gap < b.y + b.h &&
         b.y - gap < a.y + a.h;
}

struct Cluster {
  Box box;
  int pixels = 0;
};

// Strokes that stand close together, as those of a written name do.
std::vector<Cluster> clusters(const std::vector<Component>& all, double height) {
  std::vector<Cluster> found;
  for (const auto& part : all) {
    if (part.pixels < height * height / 40 || is_rule(part.box, height)) continue;
    Cluster cluster{part.box, part.pixels};
    for (bool grew = true; grew;) {
      grew = false;
      for (auto it = found.begin(); it != found.end(); ++it) {
        if (!near(it->box, cluster.box, 0.7 * height)) continue;
        cluster = {united(it->box, cluster.box), it->pixels + cluster.pixels};
        found.erase(it);
        grew = true;
        break;
      }
    }
    found.push_back(cluster);
  }
  return found;
}

}  // namespace

bool handwriting(const ColourImage& picture, double text_height, const std::vector<Box>& print) {
  if (picture.empty() || text_height <= 0) return false;
  const auto mask = ink_mask(picture, print);
  for (const auto& cluster : clusters(connected(runs_of(mask)).parts, text_height)) {
    const bool large = cluster.box.h >= 1.25 * text_height && cluster.box.w >= 1.2 * text_height;
    if (large && cluster.pixels >= 0.3 * text_height * text_height) return true;
  }
  return false;
}

std::optional<Box> signature_place(const PageText& text, PageKind kind,
                                   const std::vector<Box>& cells, int width) {
  const bool form = kind == PageKind::form;
  const auto hit = form ? first_hit(text, form_labels) : first_hit(text, letter_labels);
  if (!hit) return std::nullopt;
  if (form)
    if (const auto cell = cell_beside(cells, hit->box)) return cell;
  const int height = std::max(8, static_cast<int>(text.median_height()));
  const int left = hit->box.x + hit->box.w + height / 3;
  const int reach =
      form ? 4 * height : 3 * height / 2;  // a cell's height, or a line and its neighbours
  const int right = std::min(width, left + (form ? 24 : 14) * height);
  if (right - left < 2 * height) return std::nullopt;
  return Box{left, hit->box.y + hit->box.h / 2 - reach, right - left, 2 * reach};
}

std::optional<bool> find_signature(const Sheet& sheet, const PageText& text, PageKind kind) {
  const auto place = signature_place(text, kind, sheet.cells(), sheet.width());
  const double height = text.median_height();
  if (!place || height <= 0) return std::nullopt;
  const double scale = place_height / height;
  const auto inner =
      grown(*place, -std::max(2, static_cast<int>(height / 6)), sheet.width(), sheet.height());
  const auto picture = sheet.colour(inner, scale);
  std::vector<Box> print;
  for (const auto& line : text.lines()) {
    if (line.confidence < 0.85 || line.box.h > 1.35 * height) continue;
    const auto at = [&](int v, int origin) {
      return static_cast<int>(std::lround((v - origin) * scale));
    };
    print.push_back({at(line.box.x, inner.x) - 1, at(line.box.y, inner.y) - 1,
                     static_cast<int>(line.box.w * scale) + 3,
                     static_cast<int>(line.box.h * scale) + 3});
  }
  return handwriting(picture, place_height, print);
}

}  // namespace dengji
