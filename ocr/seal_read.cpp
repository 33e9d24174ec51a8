#include "ocr/seal_read.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "ocr/fuzzy.hpp"
#include "ocr/seal_lines.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::array line_heights = {64, 48};  // either is read where the other is not
constexpr double least_radius = 40;            // pixels; below, characters have fewer than ten
constexpr double least_side = 20;              // half of a square's, of two characters
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
  fit.worst_two = worst_run(fit.losses, 2);
  fit.worst_three = worst_run(fit.losses, 3);
  return fit;
}

// Thresholds on the losses of 85 legible drawn seals and some 2,500 near names: 82 to 84 pass, and
// of the near names one in seventy, nearly all with but the place changed, which is what rivals are
// for.
bool confirms(const NameFit& fit) {
  return fit.mean > -5 && fit.seen >= 0.65 && fit.worst_two > -12.5 && fit.worst_three > -12;
}

namespace {

// 第一中学 among others, though no place is known in it.
std::vector<std::string> renumbered(const std::string& name) {
  static const std::string first = "第";
  static const std::array<std::string, 10> ordinals = {"一", "二", "三", "四", "五",
                                                       "六", "七", "八", "九", "十"};
  std::vector<std::string> rivals;
  const auto at = name.find(first);
  if (at == std::string::npos) return rivals;
  const auto digit = at + first.size();
  for (const auto& ordinal : ordinals) {
    if (name.compare(digit, ordinal.size(), ordinal) != 0) continue;
    for (const auto& other : ordinals)
      if (other != ordinal) rivals.push_back(std::string(name).replace(digit, other.size(), other));
  }
  return rivals;
}

}  // namespace

std::vector<std::string> rivals_of(const std::string& name,
                                   const std::vector<std::string>& places) {
  auto rivals = renumbered(name);
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

bool beats(const NameFit& fit, const Lattice& lattice, const std::vector<std::string>& rivals,
           const Codes& codes) {
  return std::none_of(rivals.begin(), rivals.end(), [&](const auto& rival) {
    return fit_name(lattice, codes, rival).mean > fit.mean - rival_margin;
  });
}

// Another name was read so surely that the claimed one cannot be what stands there.
bool contradicts(const NameFit& fit, const TextLine& read, const std::string& name) {
  return fit.mean < -8 && read.confidence > 0.9 && read.glyphs.size() >= 5 &&
         likeness(fold(read.text), fold(name)) < 0.6;
}

// Chance does not read the same twice.
bool read_alike(const TextLine& a, const TextLine& b) {
  return likeness(fold(a.text), fold(b.text)) >= 0.8;
}

}  // namespace

SealReader::SealReader(const FoundSeal& seal, Recogniser& recogniser, const Budget& budget)
    : seal_(seal), recogniser_(recogniser), budget_(budget) {}

const std::vector<Recogniser::Reading>& SealReader::laid_out(std::size_t count, int height) {
  const auto [at, fresh] = readings_.try_emplace({count, height});
  if (fresh)
    for (const auto& line : seal_lines(seal_, count, height))
      at->second.push_back(recogniser_.reading(line.view(), budget_));
  return at->second;
}

SealReader::Attempt SealReader::best_attempt(const std::string& name,
                                             const std::vector<std::string>& rivals) {
  Attempt best;
  const auto count = code_points(name).size();
  if (count > limits::seal_characters) return best;
  for (const int height : line_heights)
    for (const auto& reading : laid_out(count, height)) {
      Attempt attempt{fit_name(reading.lattice, recogniser_.codes(), name), false,
                      reading.line.confidence};
      attempt.confirmed =
          confirms(attempt.fit) && beats(attempt.fit, reading.lattice, rivals, recogniser_.codes());
      if (attempt.confirmed) return attempt;
      if (attempt.fit.mean > best.fit.mean) best = std::move(attempt);
    }
  return best;
}

TextLine SealReader::free_reading(int height) {
  TextLine best;
  for (const auto& reading : laid_out(0, height))
    if (reading.line.confidence > best.confidence) best = reading.line;
  return best;
}

SealReading SealReader::read(const std::vector<std::string>& claimed,
                             const std::vector<std::string>& places) {
  SealReading result;
  const double least = seal_.shape == SealShape::square ? least_side : least_radius;
  if (std::min(seal_.rx, seal_.ry) < least) return result;
  std::vector<NameFit> fits;
  for (const auto& name : claimed) {
    const auto attempt = best_attempt(name, rivals_of(name, places));
    if (attempt.fit.mean > result.fit.mean) result.fit = attempt.fit;
    result.score = std::max(result.score, std::clamp(1 + attempt.fit.mean / 12, 0.0, 1.0));
    if (attempt.confirmed)
      return {name, attempt.confidence, SealName::matches, result.score, attempt.fit};
    fits.push_back(attempt.fit);
  }
  const auto free = free_reading(line_heights[0]);
  result.text = free.text;
  result.confidence = free.confidence;
  bool all = !claimed.empty();
  for (std::size_t i = 0; i < claimed.size(); ++i)
    all = all && contradicts(fits[i], free, claimed[i]);
  if (all && read_alike(free, free_reading(line_heights[1]))) result.name = SealName::differs;
  return result;
}

}  // namespace dengji
