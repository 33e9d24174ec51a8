#include "ocr/seal_find.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ocr/components.hpp"
#include "ocr/rules.hpp"
#include "ocr/seal_ink.hpp"
#include "ocr/seal_outlines.hpp"
#include "ocr/seal_print.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr int least_side = 400;  // pixels; a smaller picture is a logo, not a page

constexpr double least_pasted = 0.77;  // of flatness; above what stamped ink was ever seen to have

struct Guess {
  Outline outline;
  OutlineFit fit;
  double confidence = 0;
};

double ramp(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

// How much a measured outline on a map of `side` pixels is like a seal's: closed, clean outside,
// neither empty nor a filled patch.
double confidence_of(const Outline& o, const OutlineFit& f, double side) {
  const double longish = o.rx / std::max(1.0, o.ry);
  if (longish > 2.2) return 0;
  const bool round = o.kind == OutlineKind::ellipse;
  // A large ring may lack ink; what is as small as a letterhead's character must be a whole frame.
  const double little = 1 - ramp(o.rx / side, 0.03, 0.05);
  const double closed =
      ramp(f.coverage, round ? 0.6 + 0.3 * little : 0.75, round ? 0.92 + 0.07 * little : 0.97);
  const double clean = 1 - ramp(f.outside, 0.15, 0.55);
  const double inked = ramp(f.fill, 0.05, 0.12) * (1 - ramp(f.fill, 0.6, round ? 0.7 : 0.75));
  const double whole = ramp(f.visible, 0.3, 0.55);
  return closed * clean * inked * whole;
}

bool same_place(const Outline& a, const Outline& b) {
  const Box one = box_round(a), other = box_round(b);
  const double smaller = std::min(area(one), area(other));
  return smaller > 0 && area(intersection(one, other)) > 0.5 * smaller;
}

SealShape shape_of(const Outline& o) {
  if (o.kind == OutlineKind::rectangle) return SealShape::square;
  return o.rx > 1.13 * o.ry ? SealShape::oval : SealShape::round;
}

// Where a map bears ink at all, with room for what is measured round a seal; large enough for one.
std::vector<Box> inked_regions(const GreyImage& ink, int level, const SealSizes& sizes) {
  constexpr int tile = 16;  // pixels: more than an outline's parts are bridged over
  GreyImage tiles((ink.width + tile - 1) / tile, (ink.height + tile - 1) / tile);
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x)
      if (ink.at(x, y) >= level) tiles.row(y / tile)[x / tile] = 255;
  std::vector<Box> regions;
  for (const Component& part : connected(runs_of(tiles)).parts) {
    const Box box{part.box.x * tile, part.box.y * tile, part.box.w * tile, part.box.h * tile};
    if (std::max(box.w, box.h) >= sizes.least)
      regions.push_back(grown(box, 2 * tile, ink.width, ink.height));
  }
  if (regions.size() > limits::seals_on_page * 2) return {{0, 0, ink.width, ink.height}};
  return regions;
}

GreyImage cut(const GreyImage& image, const Box& box) {
  GreyImage out(box.w, box.h);
  for (int y = 0; y < box.h; ++y) std::copy_n(image.row(box.y + y) + box.x, box.w, out.row(y));
  return out;
}

std::vector<Guess> guesses_in(const GreyImage& ink, const Box& region,
                              const std::vector<int>& levels, double side, const SealSizes& sizes) {
  std::vector<Guess> all;
  const GreyImage part = cut(ink, region);
  const auto weigh = [&](std::vector<Outline> outlines, int level) {
    for (Outline& o : outlines) {
      o.centre = {o.centre.x + region.x, o.centre.y + region.y};
      const double reach = std::max(2.0, 0.025 * o.ry);
      const OutlineFit fit = measure(o, ink, level, reach);
      double confidence = confidence_of(o, fit, side);
      if (confidence > 0 && level != levels.front())
        confidence *= 1 - ramp(measure(o, ink, levels.front(), reach).fill, 0.7, 0.9);
      if (confidence > 0) all.push_back({o, fit, confidence});
    }
  };
  for (const int level : levels)
    for (const int bridge : {2, 5}) weigh(guess_outlines(part, level, bridge, sizes), level);
  const bool sure =
      std::any_of(all.begin(), all.end(), [](const Guess& g) { return g.confidence >= sure_seal; });
  if (!sure)
    for (const int level : levels) weigh(guess_touched(part, level, sizes), level);
  return all;
}

std::vector<Guess> best_guesses(const GreyImage& ink, const std::vector<int>& levels,
                                const SealSizes& sizes) {
  std::vector<Guess> all;
  const double side = std::max(ink.width, ink.height);
  for (const Box& region : inked_regions(ink, levels.front(), sizes)) {
    const auto found = guesses_in(ink, region, levels, side, sizes);
    all.insert(all.end(), found.begin(), found.end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Guess& a, const Guess& b) { return a.confidence > b.confidence; });
  std::vector<Guess> kept;
  for (const Guess& g : all) {
    const bool known = std::any_of(
        kept.begin(), kept.end(), [&](const Guess& k) { return same_place(k.outline, g.outline); });
    if (!known) kept.push_back(g);
    if (kept.size() == limits::seals_on_page) break;
  }
  return kept;
}

// Means of three by three pixels.
GreyImage averaged(const GreyImage& in) {
  GreyImage out(in.width, in.height);
  for (int y = 1; y + 1 < in.height; ++y)
    for (int x = 1; x + 1 < in.width; ++x) {
      int sum = 0;
      for (int k = -1; k <= 1; ++k)
        sum += in.at(x - 1, y + k) + in.at(x, y + k) + in.at(x + 1, y + k);
      out.row(y)[x] = static_cast<std::uint8_t>(sum / 9);
    }
  return out;
}

Box page_box_of(const Sheet& sheet, const Outline& o) {
  double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
  for (const OutlinePoint& p : points_on(o, 64)) {
    const Point q = sheet.to_page()(p.at);
    x0 = std::min(x0, q.x), x1 = std::max(x1, q.x);
    y0 = std::min(y0, q.y), y1 = std::max(y1, q.y);
  }
  const auto whole = [](double v) { return static_cast<int>(std::lround(v)); };
  const Box page = sheet.page_box(sheet.whole());
  return intersection({whole(x0), whole(y0), whole(x1 - x0), whole(y1 - y0)},
                      {0, 0, page.x + page.w, page.y + page.h});
}

FoundSeal to_seal(const Sheet& sheet, const Guess& g, double scale) {
  FoundSeal seal;
  Outline o = g.outline;
  o.centre = {(o.centre.x + 0.5) / scale - 0.5, (o.centre.y + 0.5) / scale - 0.5};
  o.rx /= scale, o.ry /= scale;
  seal.shape = shape_of(o);
  seal.confidence = g.confidence;
  seal.centre = o.centre;
  seal.rx = o.rx, seal.ry = o.ry, seal.angle = o.angle;
  seal.on_sheet = intersection(box_round(o), sheet.whole());
  seal.on_page = page_box_of(sheet, o);
  seal.marks = {g.fit.coverage, g.fit.outside, g.fit.fill, g.fit.strength, g.fit.visible};
  seal.ink_box = grown(seal.on_sheet, static_cast<int>(0.1 * o.rx), sheet.width(), sheet.height());
  const ColourImage colour = sheet.colour(seal.ink_box);
  seal.ink = redness(colour);
  seal.flatness = flatness(colour, seal.ink);
  seal.pasted = seal.flatness > least_pasted;
  seal.fingerprint = fingerprint(ink_of(seal));
  return seal;
}

// How dark each pixel is, without rules: what a photocopy leaves of red ink.
GreyImage darkness(const ColourImage& overview) {
  GreyImage grey = luminance(overview);
  const GreyImage rules = find_rules(grey).mask;
  for (std::size_t i = 0; i < grey.pixels.size(); ++i)
    grey.pixels[i] = rules.pixels[i] != 0 ? 0 : static_cast<std::uint8_t>(255 - grey.pixels[i]);
  return grey;
}

// Print has no rings as large as a stamp of 38 to 45 mm is on A4, 0.13 to 0.15 of its longer side,
// nor frames but its tables' as large as a name stamp's 18 mm; a photographed sheet may be larger
// or smaller.
constexpr double least_frame = 0.055, least_ring = 0.08, largest_ring = 0.25;
constexpr double surely_grey = 0.5;
constexpr double trace_of_red = 10;  // of 255: more than the noise of a camera leaves on the mean
constexpr double doubtful = 0.3;

// Mean of red above blue and green where a ring is dark.
double ring_redness(const Outline& outline, const GreyImage& dark, const ColourImage& overview) {
  constexpr int ink = 50;
  double sum = 0;
  int n = 0;
  for (const OutlinePoint& p : points_on(outline, 360)) {
    const int x = static_cast<int>(std::lround(p.at.x)), y = static_cast<int>(std::lround(p.at.y));
    if (x < 0 || y < 0 || x >= dark.width || y >= dark.height || dark.at(x, y) < ink) continue;
    const std::uint8_t* c = overview.row(y) + 3 * x;
    sum += c[0] - std::max(c[1], c[2]);
    ++n;
  }
  return n > 0 ? sum / n : 0;
}

}  // namespace

SealInk ink_of(const FoundSeal& seal, SealInk::Shape shape) {
  return {seal.ink,   {seal.centre.x - seal.ink_box.x, seal.centre.y - seal.ink_box.y},
          seal.rx,    seal.ry,
          seal.angle, shape};
}

std::vector<FoundSeal> find_grey_seals(const Sheet& sheet) {
  std::vector<FoundSeal> seals;
  if (std::max(sheet.width(), sheet.height()) < least_side) return seals;
  const GreyImage dark = darkness(sheet.overview());
  const double side = std::max(dark.width, dark.height);
  for (const Guess& g :
       best_guesses(dark, {25, 50, 90}, {side * least_frame, side * largest_ring})) {
    const bool ring = g.outline.kind == OutlineKind::ellipse;
    if (g.confidence < surely_grey || (ring && 2 * g.outline.rx < side * least_ring)) continue;
    FoundSeal seal = to_seal(sheet, g, sheet.overview_scale());
    seal.red = ring_redness(g.outline, dark, sheet.overview()) > trace_of_red;
    if (seal.red) seal.confidence = std::min(seal.confidence, doubtful);
    seal.pasted = false;
    seal.fingerprint.clear();
    seals.push_back(std::move(seal));
  }
  return seals;
}

std::vector<FoundSeal> find_seals(const Sheet& sheet) {
  std::vector<FoundSeal> seals;
  if (std::max(sheet.width(), sheet.height()) < least_side) return seals;
  const double scale = sheet.overview_scale();
  const GreyImage red = redness(sheet.overview());
  const double side = std::max(red.width, red.height);
  const SealSizes sizes{side * 0.035, side * 0.36};
  std::vector<Guess> found = best_guesses(red, {24, 45, 80}, sizes);
  // Faint ink stands out of the noise only once it is averaged; sought where nothing stronger is.
  if (found.empty() || found.front().confidence < sure_seal)
    found = best_guesses(averaged(red), {13}, sizes);
  for (const Guess& g : found) seals.push_back(to_seal(sheet, g, scale));
  return seals;
}

}  // namespace dengji
