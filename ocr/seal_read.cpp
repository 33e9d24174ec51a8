#include "ocr/seal_read.hpp"

#include <algorithm>
#include <numeric>

#include "ocr/fuzzy.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr int line_height = 64;
constexpr double least_radius = 40;  // pixels; below, characters have fewer than ten
constexpr double lost = -30;         // of a character that cannot be there at all
constexpr double seen_above = -9;    // loss of a character that was at least among the likely ones

double worst_run(const std::vector<double>& losses, std::size_t length) {
  double worst = 0;
  for (std::size_t i = 0; i + length <= losses.size(); ++i) {
    const auto from = losses.begin() + static_cast<std::ptrdiff_t>(i);
    worst = std::min(worst, std::accumulate(from, from + static_cast<std::ptrdiff_t>(length), 0.0));
  }
  return worst / static_cast<double>(length);
}

}  // namespace

NameFit fit_name(const Lattice& lattice, const Codes& codes, const std::string& name) {
  std::vector<std::vector<int>> spelt;
  for (const char32_t c : code_points(name))
    spelt.push_back(codes.spell(from_code_points(std::u32string_view(&c, 1))));
  NameFit fit;
  fit.losses = lattice.loss(spelt);
  if (fit.losses.empty()) return fit;
  for (auto& loss : fit.losses) loss = std::max(loss, lost);
  const double n = static_cast<double>(fit.losses.size());
  fit.mean = std::accumulate(fit.losses.begin(), fit.losses.end(), 0.0) / n;
  fit.seen = static_cast<double>(std::count_if(fit.losses.begin(), fit.losses.end(),
                                               [](double loss) { return loss > seen_above; })) /
             n;
  fit.worst_three = worst_run(fit.losses, 3);
  return fit;
}

namespace {

struct Attempt {
  NameFit fit;
  TextLine line;
};

// The name against every band that the seal may have, laid out for as many characters as it has.
Attempt best_attempt(const SealInk& ink, const std::vector<SealBand>& bands,
                     const std::string& name, Recogniser& recogniser, const Budget& budget) {
  Attempt best;
  const auto count = code_points(name).size();
  for (const auto& band : bands) {
    auto reading = recogniser.reading(ink.line(band, count, line_height).view(), budget);
    auto fit = fit_name(reading.lattice, recogniser.codes(), name);
    if (best.line.text.empty() || fit.mean > best.fit.mean)
      best = {std::move(fit), std::move(reading.line)};
  }
  return best;
}

// The seal read for itself, in the layout that its ink suggests.
TextLine free_reading(const SealInk& ink, const std::vector<SealBand>& bands,
                      Recogniser& recogniser, const Budget& budget) {
  TextLine best;
  for (const auto& band : bands) {
    const auto count = ink.likely_count(band);
    auto line = recogniser.reading(ink.line(band, count, line_height).view(), budget).line;
    if (line.confidence > best.confidence) best = std::move(line);
  }
  return best;
}

bool confirms(const NameFit& fit) {
  return fit.mean > -6 && fit.seen >= 0.6 && fit.worst_three > -14;
}

// Another name was read so surely that the claimed one cannot be what stands there.
bool contradicts(const NameFit& fit, const TextLine& read, const std::string& name) {
  return fit.mean < -8 && read.confidence > 0.93 && read.glyphs.size() >= 4 &&
         likeness(fold(read.text), fold(name)) < 0.6;
}

}  // namespace

SealReading read_seal(const FoundSeal& seal, const std::vector<std::string>& claimed,
                      Recogniser& recogniser, const Budget& budget) {
  SealReading result;
  if (seal.shape != SealShape::round || std::min(seal.rx, seal.ry) < least_radius) return result;
  const auto ink = ink_of(seal);
  const auto bands = ink.bands();
  const auto free = free_reading(ink, bands, recogniser, budget);
  result.text = free.text;
  result.confidence = free.confidence;
  bool all_contradicted = !claimed.empty();
  for (const auto& name : claimed) {
    const auto attempt = best_attempt(ink, bands, name, recogniser, budget);
    const double score = std::clamp(1 + attempt.fit.mean / 12, 0.0, 1.0);
    result.score = std::max(result.score, score);
    if (confirms(attempt.fit)) {
      result.name = SealName::matches;
      result.text = name;
      result.confidence = attempt.line.confidence;
      return result;
    }
    all_contradicted = all_contradicted && contradicts(attempt.fit, free, name);
  }
  if (all_contradicted) result.name = SealName::differs;
  return result;
}

SealInk ink_of(const FoundSeal& seal) {
  return {seal.ink,
          {seal.centre.x - seal.ink_box.x, seal.centre.y - seal.ink_box.y},
          seal.rx,
          seal.ry,
          seal.angle};
}

}  // namespace dengji
