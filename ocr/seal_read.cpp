#include "ocr/seal_read.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "ocr/fuzzy.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {

using namespace std::string_view_literals;

namespace {

constexpr std::array line_heights = {64, 48};  // print is read at one that is not at the other
constexpr double least_radius = 40;            // pixels; below, characters have fewer than ten
constexpr double least_side = 20;              // half of a square's, of two characters
constexpr double lost = -30;                   // of a character that cannot be there at all
constexpr double aligned = -8;                 // mean loss of a line that is the name at all

double sum_of(const std::vector<double>& losses) {
  return std::accumulate(losses.begin(), losses.end(), 0.0);
}

double mean_of(const std::vector<double>& losses) {
  return sum_of(losses) / static_cast<double>(losses.size());
}

double worst_pair(const std::vector<double>& losses) {
  double worst = losses.size() == 1 ? losses[0] : 0;
  for (std::size_t i = 1; i < losses.size(); ++i)
    worst = std::min(worst, (losses[i - 1] + losses[i]) / 2);
  return worst;
}

// The model knows brackets by their narrow form.
std::vector<std::vector<int>> spelt(const Codes& codes, std::u32string_view name) {
  std::vector<std::vector<int>> all;
  for (const char32_t c : name) {
    const char32_t narrow = c == U'（' ? U'(' : c == U'）' ? U')' : c;
    all.push_back(codes.spell(from_code_points(std::u32string_view(&narrow, 1))));
  }
  return all;
}

// Names do not differ by their brackets, of which each face has its own.
bool is_bracket(char32_t c) { return U"（）()"sv.find(c) != std::u32string_view::npos; }

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
  fit.worst = *std::min_element(fit.losses.begin(), fit.losses.end());
  fit.worst_two = worst_pair(fit.losses);
  const auto others = std::max<std::size_t>(1, fit.losses.size() - 1);
  fit.rest = (sum_of(fit.losses) - fit.worst) / static_cast<double>(others);
  return fit;
}

NameFit fit_name(const std::vector<const Lattice*>& lines, const Codes& codes,
                 const std::string& name) {
  const auto characters = code_points(name);
  const auto text = spelt(codes, characters);
  std::vector<std::vector<double>> losses;
  for (const auto* line : lines) {
    auto& kept = losses.emplace_back();
    const auto all = line->loss(text);
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!is_bracket(characters[i])) kept.push_back(std::max(all[i], lost));
  }
  return fit_of(std::move(losses));
}

// Logistic regression on 198 seals, 1,681 names that differ by a word and 789 that differ by a
// character: one that nobody can read among others that are read well is likelier another.
double chance_of(const NameFit& fit) {
  return 1 / (1 + std::exp(-(6 + 0.36 * fit.worst + 0.18 * fit.rest)));
}

// Two doubtful characters in a row are likelier another word, and where few are read well, nothing
// is known of the name however even the losses.
bool confirms(const NameFit& fit) {
  return fit.mean > -3 && fit.worst_two > -10 && chance_of(fit) >= 0.5;
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
    : seal_(seal), recogniser_(recogniser), budget_(budget), lines_(seal) {}

// The characters that there seem to be are often those of a name: one line, read once.
const Recogniser::Reading& SealReader::reading(const GreyImage& image) {
  const auto known = std::find_if(read_.begin(), read_.end(), [&](const Line& line) {
    return line.image.width == image.width && line.image.pixels == image.pixels;
  });
  if (known != read_.end()) return known->reading;
  return read_.emplace_back(Line{image, recogniser_.reading(image.view(), budget_)}).reading;
}

// One layout after another until the name is confirmed by what they show together.
SealReader::Attempt SealReader::best_attempt(const std::string& name,
                                             const std::vector<std::string>& rivals) {
  Attempt attempt;
  const auto count = code_points(name).size();
  if (count > limits::seal_characters) return attempt;
  std::vector<const Lattice*> seen;
  for (const int height : line_heights)
    for (const auto& line : lines_.of(count, height)) {
      const auto& read = reading(line);
      seen.push_back(&read.lattice);
      attempt.fit = fit_name(seen, recogniser_.codes(), name);
      attempt.confirmed =
          confirms(attempt.fit) && beats(attempt.fit, seen, rivals, recogniser_.codes());
      if (attempt.confirmed) return attempt;
    }
  return attempt;
}

std::string as_on_seals(const std::string& text) {
  constexpr auto opening = U"（([{《〈【〔"sv, closing = U"）)]}》〉】〕"sv;
  std::u32string kept;
  for (const char32_t c : code_points(text)) {
    const bool ascii =
        (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
    if (opening.find(c) != opening.npos)
      kept += U'（';
    else if (closing.find(c) != closing.npos)
      kept += U'）';
    else if (ascii || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000)
      kept += c;
  }
  return from_code_points(kept);
}

namespace {

TextLine line_on_seals(TextLine line) {
  line.text.clear();
  for (auto& glyph : line.glyphs) {
    glyph.text = as_on_seals(glyph.text);
    line.text += glyph.text;
  }
  std::erase_if(line.glyphs, [](const Glyph& glyph) { return glyph.text.empty(); });
  return line;
}

template <class Key>
Key heaviest(const std::map<Key, double>& votes) {
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

}  // namespace

std::string voted(const std::vector<TextLine>& lines) {
  std::map<std::size_t, double> lengths;
  for (const auto& line : lines) lengths[line.glyphs.size()] += line.confidence;
  if (lengths.empty()) return "";
  std::string text;
  const auto length = heaviest(lengths);
  for (std::size_t i = 0; i < length; ++i) {
    std::map<std::string, double> characters;
    for (const auto& line : lines)
      if (line.glyphs.size() == length)
        characters[line.glyphs[i].text] += line.glyphs[i].confidence;
    text += heaviest(characters);
  }
  return text;
}

std::vector<TextLine> SealReader::free_readings(int height) {
  std::vector<TextLine> lines;
  for (const auto& line : lines_.of(0, height)) {
    lines.push_back(line_on_seals(reading(line).line));
    if (seal_.shape == SealShape::square) break;  // the others are its characters in other orders
  }
  return lines;
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
    result.score = std::max(result.score, chance_of(attempt.fit));
    if (attempt.confirmed) return {name, SealName::matches, result.score, attempt.fit};
    fits.push_back(attempt.fit);
  }
  auto lines = free_readings(line_heights[0]);
  const auto small = free_readings(line_heights[1]);
  if (lines.empty() || small.empty()) return result;
  const auto& surest = lines[0].confidence >= small[0].confidence ? lines[0] : small[0];
  bool all = !claimed.empty() && read_alike(lines[0], small[0]);
  for (std::size_t i = 0; i < claimed.size(); ++i)
    all = all && contradicts(fits[i], surest, claimed[i]);
  if (all) result.name = SealName::differs;
  lines.insert(lines.end(), small.begin(), small.end());
  result.text = voted(lines);
  return result;
}

}  // namespace dengji
