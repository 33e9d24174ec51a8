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

// Print is read at one height where it is not at another; the last two are tried only where the
// name may stand there.
constexpr std::array line_heights = {64, 48, 56, 40};
constexpr std::size_t usual_heights = 2;
constexpr double may_stand_there = -7;
constexpr double least_radius = 40;  // pixels; below, characters have fewer than ten
constexpr double least_side = 20;    // half of a square's, of two characters
constexpr double lost = -30;         // of a character that cannot be there at all
constexpr double seen_above = -9;    // loss of a character that was at least among the likely ones
constexpr double aligned = -8;       // mean loss of a line that is the name at all

double sum_of(const std::vector<double>& losses) {
  return std::accumulate(losses.begin(), losses.end(), 0.0);
}

double mean_of(const std::vector<double>& losses) {
  return sum_of(losses) / static_cast<double>(losses.size());
}

double worst_run(const std::vector<double>& losses, std::size_t length) {
  double worst = 0;
  for (std::size_t i = 0; i + length <= losses.size(); ++i) {
    const auto from = losses.begin() + static_cast<std::ptrdiff_t>(i);
    worst = std::min(worst, std::accumulate(from, from + static_cast<std::ptrdiff_t>(length), 0.0));
  }
  return worst / static_cast<double>(length);
}

// The model knows brackets by their narrow form.
std::vector<std::vector<int>> spelt(const Codes& codes, const std::string& name) {
  std::vector<std::vector<int>> all;
  for (const char32_t c : code_points(name)) {
    const char32_t narrow = c == U'（' ? U'(' : c == U'）' ? U')' : c;
    all.push_back(codes.spell(from_code_points(std::u32string_view(&narrow, 1))));
  }
  return all;
}

}  // namespace

NameFit fit_of(std::vector<std::vector<double>> lines) {
  NameFit fit;
  std::erase_if(lines, [](const auto& losses) { return losses.empty(); });
  if (lines.empty()) return fit;
  std::sort(lines.begin(), lines.end(),
            [](const auto& a, const auto& b) { return sum_of(a) > sum_of(b); });
  fit.losses = lines[0];
  for (const auto& losses : lines)
    for (std::size_t i = 0; mean_of(losses) > aligned && i < losses.size(); ++i)
      fit.losses[i] = std::max(fit.losses[i], losses[i]);
  fit.mean = mean_of(fit.losses);
  fit.seen = static_cast<double>(std::count_if(fit.losses.begin(), fit.losses.end(),
                                               [](double loss) { return loss > seen_above; })) /
             static_cast<double>(fit.losses.size());
  fit.worst_two = worst_run(fit.losses, 2);
  fit.worst_three = worst_run(fit.losses, 3);
  return fit;
}

NameFit fit_name(const std::vector<const Lattice*>& lines, const Codes& codes,
                 const std::string& name) {
  const auto text = spelt(codes, name);
  std::vector<std::vector<double>> losses;
  for (const auto* line : lines) losses.push_back(line->loss(text));
  for (auto& line : losses)
    for (auto& loss : line) loss = std::max(loss, lost);
  return fit_of(std::move(losses));
}

// Thresholds on the losses of 74 drawn seals and 354 near names, of which none passes (第一 for
// 第二 apart, which rivals_of() tells apart). One character among many may be misread by every
// layout; two or three in a row are another word.
bool confirms(const NameFit& fit) {
  return fit.mean > -3.5 && fit.seen >= 0.65 && fit.worst_two > -10.5 && fit.worst_three > -7.2;
}

// A single line need not show as much of the name, since rivals that fit as well refuse it.
bool confirms_alone(const NameFit& fit) {
  return fit.mean > -5 && fit.seen >= 0.65 && fit.worst_three > -12;
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

bool beats(const NameFit& fit, const std::vector<const Lattice*>& lines,
           const std::vector<std::string>& rivals, const Codes& codes) {
  return std::none_of(rivals.begin(), rivals.end(), [&](const auto& rival) {
    return fit_name(lines, codes, rival).mean > fit.mean - rival_margin;
  });
}

// Another name was read so surely that the claimed one cannot be what stands there; its own ending,
// read alone, is no other name.
bool contradicts(const NameFit& fit, const TextLine& read, const std::string& name) {
  constexpr double alike = 0.6;
  const auto text = fold(read.text), whole = fold(name);
  return fit.mean < -8 && read.confidence > 0.9 && read.glyphs.size() >= 5 &&
         likeness(text, whole) < alike && find_alike(text, whole).score < alike;
}

// Chance does not read the same twice.
bool read_alike(const TextLine& a, const TextLine& b) {
  return likeness(fold(a.text), fold(b.text)) >= 0.8;
}

}  // namespace

SealReader::SealReader(const FoundSeal& seal, Recogniser& recogniser, const Budget& budget)
    : seal_(seal), recogniser_(recogniser), budget_(budget) {}

const SealReader::Layout& SealReader::laid_out(std::size_t count, int height) {
  const auto [at, fresh] = layouts_.try_emplace({count, height});
  if (fresh) {
    at->second.lines = seal_lines(seal_, count, height);
    at->second.readings.reserve(at->second.lines.size());  // they are pointed to
  }
  return at->second;
}

const Recogniser::Reading& SealReader::reading(std::size_t count, int height, std::size_t line) {
  auto& layout = layouts_.at({count, height});
  while (layout.readings.size() <= line)
    layout.readings.push_back(
        recogniser_.reading(layout.lines[layout.readings.size()].view(), budget_));
  return layout.readings[line];
}

bool SealReader::shown_alone(const Recogniser::Reading& read, const std::string& name,
                             const std::vector<std::string>& rivals) const {
  const std::vector<const Lattice*> line{&read.lattice};
  const auto fit = fit_name(line, recogniser_.codes(), name);
  return confirms_alone(fit) && beats(fit, line, rivals, recogniser_.codes());
}

// One layout after another until the name is confirmed by what they show together.
SealReader::Attempt SealReader::best_attempt(const std::string& name,
                                             const std::vector<std::string>& rivals) {
  Attempt attempt;
  const auto count = code_points(name).size();
  if (count > limits::seal_characters) return attempt;
  const bool round = seal_.shape == SealShape::round;  // other layouts are less certain
  std::vector<const Lattice*> seen;
  for (std::size_t h = 0; h < line_heights.size(); ++h) {
    if (h >= usual_heights && attempt.fit.mean < may_stand_there) break;
    const auto lines = laid_out(count, line_heights[h]).lines.size();
    for (std::size_t i = 0; i < lines; ++i) {
      const auto& read = reading(count, line_heights[h], i);
      seen.push_back(&read.lattice);
      attempt.fit = fit_name(seen, recogniser_.codes(), name);
      attempt.confidence = read.line.confidence;
      attempt.confirmed =
          (confirms(attempt.fit) && beats(attempt.fit, seen, rivals, recogniser_.codes())) ||
          (round && shown_alone(read, name, rivals));
      if (attempt.confirmed) return attempt;
    }
  }
  return attempt;
}

TextLine SealReader::free_reading(int height) {
  TextLine best;
  for (std::size_t i = 0; i < laid_out(0, height).lines.size(); ++i) {
    const auto& line = reading(0, height, i).line;
    if (line.confidence > best.confidence) best = line;
  }
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
