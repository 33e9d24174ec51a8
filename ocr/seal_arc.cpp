#include "ocr/seal_arc.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ocr/percentile.hpp"

namespace dengji {
namespace {

constexpr double turn = 2 * std::numbers::pi;
constexpr double degree = turn / 360;
constexpr std::size_t fewest = 4, most_counted = 26;  // characters, where nobody says how many
constexpr std::size_t most_edges = 64;                // of a kind that are tried
// Pitch in squares: narrow faces in full names, wide spaces in short ones.
constexpr double closest = 0.5, widest = 2.9;
constexpr std::array widths = {0.8, 0.95, 1.1};  // of a character's ink, in squares

// Ink by angle, 1 = as much as a character has, with sums for quick means.
class Ring {
 public:
  explicit Ring(const std::vector<double>& profile) : steps_(profile.size()) {
    constexpr double usual = 0.9, share = 0.7;  // an inked place has less than the most inked ones
    const double full = std::max(1e-3, share * percentile(profile, usual));
    sums_.push_back(0);
    for (int round = 0; round < 3; ++round)
      for (const double value : profile) {
        if (round == 0) ink_.push_back(std::min(1.0, value / full));
        sums_.push_back(sums_.back() + std::min(1.0, value / full));
      }
  }

  // Mean ink between two angles, -2 pi < from <= to < 4 pi.
  double mean(double from, double to) const {
    const double a = index(from), b = std::max(index(to), a + 1);
    return (sum_to(b) - sum_to(a)) / (b - a);
  }

  // Of all ink, that between two angles.
  double share(double from, double to) const {
    return (sum_to(index(to)) - sum_to(index(from))) / std::max(1e-6, sums_[steps_]);
  }

  // Where ink begins behind a gap, and where it ends before one; `level`: what counts as ink.
  void edges(double level, std::vector<double>& begins, std::vector<double>& ends) const {
    const auto gap = std::max<std::size_t>(1, static_cast<std::size_t>(1.5 * degree / step()));
    std::size_t blank = 0;
    for (std::size_t i = 0; i < 2 * steps_; ++i) {
      const bool inked = ink_[i % steps_] >= level;
      if (i >= steps_ && blank >= gap && inked) begins.push_back(angle(i - steps_));
      blank = inked ? 0 : blank + 1;
      if (i >= steps_ && blank == gap) ends.push_back(angle(i + 1 - gap - steps_));
    }
  }

 private:
  double step() const { return turn / static_cast<double>(steps_); }
  double angle(std::size_t i) const { return static_cast<double>(i) * step(); }
  double index(double angle) const { return (angle + turn) / step(); }
  double sum_to(double at) const {
    const auto i = std::min(static_cast<std::size_t>(std::max(0.0, at)), sums_.size() - 2);
    return sums_[i] + (at - static_cast<double>(i)) * (sums_[i + 1] - sums_[i]);
  }

  std::size_t steps_;
  std::vector<double> ink_, sums_;
};

double score(const Ring& ring, const SealArc& arc) {
  const double pitch = arc.pitch();
  const double cut = std::max(0.1 * arc.width, 0.8 * (pitch - arc.width)) / 2;
  double inside = 0, cuts = 0;
  for (std::size_t i = 0; i < arc.count; ++i) {
    const double middle = arc.middle(i);
    inside += std::min(0.6, ring.mean(middle - arc.width / 2, middle + arc.width / 2)) / 0.6;
    if (i > 0) cuts += ring.mean(middle - pitch / 2 - cut, middle - pitch / 2 + cut);
  }
  const double free = std::max(10 * degree, 1.2 * (pitch - arc.width));
  const double ends =
      ring.mean(arc.begin - free, arc.begin - degree) + ring.mean(arc.end + degree, arc.end + free);
  const double n = static_cast<double>(arc.count);
  return inside / n + 0.5 * ring.share(arc.begin, arc.end) - 0.8 * cuts / std::max(1.0, n - 1) -
         0.6 * ends / 2;
}

}  // namespace

double SealArc::pitch() const {
  return count > 1 ? (end - begin - width) / static_cast<double>(count - 1) : end - begin;
}

double SealArc::middle(std::size_t character) const {
  return begin + width / 2 + pitch() * static_cast<double>(character);
}

namespace {

// Those of both levels, near ones once.
void thin(std::vector<double>& edges) {
  constexpr double near = 0.75 * degree;
  std::sort(edges.begin(), edges.end());
  edges.erase(
      std::unique(edges.begin(), edges.end(), [](double a, double b) { return b - a < near; }),
      edges.end());
  edges.resize(std::min(edges.size(), most_edges));
}

void try_arcs(const Ring& ring, double square, std::size_t count, std::optional<SealArc>& best) {
  std::vector<double> begins, ends;
  for (const double level : {0.25, 0.5}) ring.edges(level, begins, ends);
  thin(begins);
  thin(ends);
  const auto least = count > 0 ? count : fewest, most = count > 0 ? count : most_counted;
  for (const double begin : begins)
    for (const double end : ends)
      for (auto n = least; n <= most; ++n)
        for (const double width : widths) {
          const double span = end > begin ? end - begin : end + turn - begin;
          const double cell = 0.96 * span / static_cast<double>(n);
          SealArc arc{begin, begin + span, n, std::min(width * square, cell), 0};
          if (arc.pitch() < closest * square || arc.pitch() > widest * square) continue;
          arc.score = score(ring, arc);
          if (!best || arc.score > best->score) best = arc;
        }
}

}  // namespace

std::optional<SealArc> seal_arc(const std::vector<std::vector<double>>& profiles, double square,
                                std::size_t count) {
  std::optional<SealArc> best;
  for (const auto& profile : profiles) try_arcs(Ring(profile), square, count, best);
  return best;
}

}  // namespace dengji
