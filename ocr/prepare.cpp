#include "ocr/prepare.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ocr/rules.hpp"
#include "ocr/sheet_edges.hpp"
#include "ocr/upright.hpp"

namespace dengji {
namespace {

constexpr int analysis_side =
    1200;  // pixels of the longer side at which lines and light are looked at
constexpr double a4_long_inches = 297 / 25.4;

// Red ink is as light as paper in it.
GreyImage red_channel(const ColourImage& in) {
  GreyImage out(in.width, in.height);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = in.pixels[3 * i];
  return out;
}

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

struct Flat {
  Transform to_page;
  int width = 0, height = 0;
};

// The sheet as a rectangle about as large as it is in the picture; A4's ratio where it is near it,
// since perspective shortens one side.
Flat flat_sheet(const Quad& q, bool whole) {
  double w = std::max(distance(q[0], q[1]), distance(q[3], q[2]));
  double h = std::max(distance(q[0], q[3]), distance(q[1], q[2]));
  const double ratio = std::max(w, h) / std::min(w, h);
  if (whole && ratio > 1.2 && ratio < 1.65) {
    const double root2 = std::numbers::sqrt2;
    if (w < h)
      (h / w > root2 ? w = h / root2 : h = w * root2);
    else
      (w / h > root2 ? h = w / root2 : w = h * root2);
  }
  Flat flat;
  flat.width = static_cast<int>(std::lround(w));
  flat.height = static_cast<int>(std::lround(h));
  const Quad rectangle{Point{0, 0}, Point{w, 0}, Point{w, h}, Point{0, h}};
  if (const auto map = Transform::between(rectangle, q)) flat.to_page = *map;
  return flat;
}

// A canvas turned by `radians` about its middle, as large as before.
Transform rotated(double radians, int width, int height) {
  return Transform::translation(width / 2.0, height / 2.0) * Transform::rotation(radians) *
         Transform::translation(-width / 2.0, -height / 2.0);
}

// The map from a canvas turned clockwise by quarters to the canvas before; its size is swapped when
// odd.
Transform before_turn(int quarters, int& width, int& height) {
  const double w = width, h = height;
  if (quarters % 2 != 0) std::swap(width, height);
  switch (quarters) {
    case 1:
      return Transform({0, 1, 0, -1, 0, h - 1, 0, 0, 1});
    case 2:
      return Transform({-1, 0, w - 1, 0, -1, h - 1, 0, 0, 1});
    case 3:
      return Transform({0, -1, w - 1, 1, 0, 0, 0, 0, 1});
    default:
      return {};
  }
}

}  // namespace

ColourImage Sheet::colour(const Box& box, double scale) const {
  const int w = std::max(1, static_cast<int>(std::lround(box.w * scale)));
  const int h = std::max(1, static_cast<int>(std::lround(box.h * scale)));
  const Transform map =
      to_page_ * Transform::translation(box.x, box.y) * Transform::scaling(1 / scale, 1 / scale);
  // Far below the page's own scale bilinear sampling would skip pixels: take the averaged copy.
  const double f = small_factor_;
  if (scale * f > 1.3) return light_.whitened(sampled(*page_, map, w, h, 255), map);
  const Transform to_small = Transform::translation(-0.5, -0.5) * Transform::scaling(1 / f, 1 / f) *
                             Transform::translation(0.5, 0.5);
  return light_.whitened(sampled(*small_, to_small * map, w, h, 255), map);
}

GreyImage Sheet::grey(const Box& box, double scale) const { return luminance(colour(box, scale)); }
GreyImage Sheet::redness(const Box& box, double scale) const {
  return dengji::redness(colour(box, scale));
}
GreyImage Sheet::without_red(const Box& box, double scale) const {
  return dengji::without_red(colour(box, scale));
}

Box Sheet::page_box(const Box& on_sheet) const {
  return intersection(image(to_page_, on_sheet), {0, 0, page_->width, page_->height});
}

Box Sheet::sheet_box(const Box& on_page) const {
  return intersection(image(to_page_.inverse(), on_page), whole());
}

Sheet Sheet::turned(int quarters) const {
  Sheet out = *this;
  quarters = ((quarters % 4) + 4) % 4;
  out.to_page_ = to_page_ * before_turn(quarters, out.width_, out.height_);
  out.turn_ = (turn_ + quarters) % 4;
  if (quarters != 0) {
    out.overview_ = dengji::turned(overview_, quarters);
    out.find_cells_and_lines();
  }
  return out;
}

void Sheet::look_over() {
  overview_scale_ = std::min(1.0, static_cast<double>(analysis_side) / std::max(width_, height_));
  overview_ = colour(whole(), overview_scale_);
}

void Sheet::find_cells_and_lines() {
  const Transform back = Transform::scaling(1 / overview_scale_, 1 / overview_scale_);
  Rules rules = find_rules(luminance(overview_));
  lines_ = find_lines(red_channel(overview_), rules);
  cells_ = std::move(rules.cells);
  for (Box& cell : cells_) cell = image(back, cell);
  for (LinePlace& line : lines_) {
    line.box = image(back, line.box);
    line.height /= overview_scale_;
  }
}

Sheet prepare(const Page& page) {
  constexpr double least_skew = 0.0008;  // a pixel in 1,200
  Sheet sheet;
  const ColourImage& pixels = page.pixels;
  const double longer = std::max(pixels.width, pixels.height);
  const int factor = std::max(1, static_cast<int>(std::lround(longer / analysis_side)));
  sheet.page_ = &pixels;
  sheet.small_ = std::make_shared<const ColourImage>(shrunk(pixels, factor));
  sheet.small_factor_ = factor;
  sheet.light_ = Light(*sheet.small_, factor);
  sheet.width_ = pixels.width;
  sheet.height_ = pixels.height;
  if (const auto found = find_sheet(*sheet.small_)) {
    Quad corners = found->corners;
    for (Point& p : corners) p = {(p.x + 0.5) * factor - 0.5, (p.y + 0.5) * factor - 0.5};
    const Flat flat = flat_sheet(corners, found->whole);
    sheet.to_page_ = flat.to_page;
    sheet.width_ = flat.width;
    sheet.height_ = flat.height;
    sheet.flattened_ = true;
  }
  sheet.look_over();
  const Lie lie = find_lie(without_red(sheet.overview_));
  if (std::abs(lie.skew) > least_skew)
    sheet.to_page_ = sheet.to_page_ * rotated(lie.skew, sheet.width_, sheet.height_);
  sheet.to_page_ = sheet.to_page_ * before_turn(lie.turn, sheet.width_, sheet.height_);
  sheet.turn_ = lie.turn;
  sheet.turn_sure_ = lie.turn_sure;
  sheet.text_height_ = lie.text_height / sheet.overview_scale_;
  sheet.dpi_ = sheet.flattened_ ? std::max(sheet.width_, sheet.height_) / a4_long_inches : page.dpi;
  if (std::abs(lie.skew) > least_skew || lie.turn != 0) sheet.look_over();
  // By the picture's own pixels: white paper under coloured light, or cream paper, shows a colour
  // scan.
  sheet.monochrome_ = !has_colour(*sheet.small_);
  sheet.find_cells_and_lines();
  return sheet;
}

}  // namespace dengji
