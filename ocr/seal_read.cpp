#include "ocr/seal_read.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "ocr/fuzzy.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::array line_heights = {64, 48};  // either is read where the other is not
constexpr double least_radius = 40;            // pixels; below, characters have fewer than ten
constexpr double lost = -30;                   // of a character that cannot be there at all
constexpr double seen_above = -9;  // loss of a character that was at least among the likely ones

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

// Thresholds on the losses of 85 legible drawn seals and some 2,500 near names: 82 to 84 pass, and
// of the near names one in seventy, nearly all with but the place changed, which is what rivals are
// for.
bool confirms(const NameFit& fit) {
  return fit.mean > -5 && fit.seen >= 0.65 && fit.worst_three > -12;
}

std::vector<std::string> rivals_of(const std::string& name,
                                   const std::vector<std::string>& places) {
  std::vector<std::string> rivals;
  for (const auto& place : places) {
    const auto at = place.empty() ? std::string::npos : name.find(place);
    if (at == std::string::npos) continue;
    for (const auto& other : places) {
      if (other == place || code_points(other).size() != code_points(place).size()) continue;
      rivals.push_back(std::string(name).replace(at, place.size(), other));
      if (rivals.size() == limits::seal_rivals) return rivals;
    }
  }
  return rivals;
}

namespace {

constexpr double rival_margin = 0.2;  // of the mean loss: how much nearer the claimed name must be

struct Attempt {
  NameFit fit;
  Recogniser::Reading reading;
  bool confirmed = false;
};

bool beats(const Attempt& attempt, const std::vector<std::string>& rivals, const Codes& codes) {
  return std::none_of(rivals.begin(), rivals.end(), [&](const auto& rival) {
    return fit_name(attempt.reading.lattice, codes, rival).mean > attempt.fit.mean - rival_margin;
  });
}

// The name against every band that the seal may have, laid out for as many characters as it has,
// until it is confirmed.
Attempt best_attempt(const SealInk& ink, const std::vector<SealBand>& bands,
                     const std::string& name, const std::vector<std::string>& rivals,
                     Recogniser& recogniser, const Budget& budget) {
  Attempt best;
  const auto count = code_points(name).size();
  if (count > limits::seal_characters) return best;
  for (const int height : line_heights)
    for (const auto& band : bands) {
      Attempt attempt;
      attempt.reading = recogniser.reading(ink.line(band, count, height).view(), budget);
      attempt.fit = fit_name(attempt.reading.lattice, recogniser.codes(), name);
      attempt.confirmed = confirms(attempt.fit) && beats(attempt, rivals, recogniser.codes());
      if (attempt.confirmed) return attempt;
      if (attempt.fit.mean > best.fit.mean || best.reading.line.text.empty())
        best = std::move(attempt);
    }
  return best;
}

// The seal read for itself, in the layout that its ink suggests.
TextLine free_reading(const SealInk& ink, const std::vector<SealBand>& bands,
                      Recogniser& recogniser, const Budget& budget) {
  TextLine best;
  for (const auto& band : bands) {
    const auto count = ink.likely_count(band);
    auto line = recogniser.reading(ink.line(band, count, line_heights[0]).view(), budget).line;
    if (line.confidence > best.confidence) best = std::move(line);
  }
  return best;
}

// Another name was read so surely that the claimed one cannot be what stands there.
bool contradicts(const NameFit& fit, const TextLine& read, const std::string& name) {
  return fit.mean < -8 && read.confidence > 0.9 && read.glyphs.size() >= 4 &&
         likeness(fold(read.text), fold(name)) < 0.6;
}

}  // namespace

SealReading read_seal(const FoundSeal& seal, const std::vector<std::string>& claimed,
                      const std::vector<std::string>& places, Recogniser& recogniser,
                      const Budget& budget) {
  SealReading result;
  if (seal.shape != SealShape::round || std::min(seal.rx, seal.ry) < least_radius) return result;
  const auto ink = ink_of(seal);
  const auto bands = ink.bands();
  std::vector<NameFit> fits;
  for (const auto& name : claimed) {
    const auto attempt =
        best_attempt(ink, bands, name, rivals_of(name, places), recogniser, budget);
    result.score = std::max(result.score, std::clamp(1 + attempt.fit.mean / 12, 0.0, 1.0));
    if (attempt.confirmed)
      return {name, attempt.reading.line.confidence, SealName::matches, result.score};
    fits.push_back(attempt.fit);
  }
  const auto free = free_reading(ink, bands, recogniser, budget);
  result.text = free.text;
  result.confidence = free.confidence;
  bool all = !claimed.empty();
  for (std::size_t i = 0; i < claimed.size(); ++i)
    all = all && contradicts(fits[i], free, claimed[i]);
  if (all) result.name = SealName::differs;
  return result;
}

}  // namespace dengji
