#include "ocr/lattice.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace dengji {
namespace {

constexpr double floor_probability = 0.0005;  // of what Tesseract leaves out as less than 0.01
constexpr double impossible = -std::numeric_limits<double>::infinity();

// Blank, first code, blank, second code, ... blank.
std::vector<int> with_blanks(const std::vector<int>& text, int blank) {
  std::vector<int> states;
  for (const int code : text) {
    states.push_back(blank);
    states.push_back(code);
  }
  states.push_back(blank);
  return states;
}

}  // namespace

void Lattice::add(const std::vector<Chance>& step) {
  const auto row = log_.size();
  log_.resize(row + static_cast<std::size_t>(codes_),
              static_cast<float>(std::log(floor_probability)));
  double likeliest = std::log(floor_probability);
  for (const auto& [code, probability] : step) {
    if (code < 0 || code >= codes_) continue;
    const double value = std::log(std::max(probability, floor_probability));
    auto& cell = log_[row + static_cast<std::size_t>(code)];
    cell = std::max(cell, static_cast<float>(value));
    likeliest = std::max(likeliest, value);
  }
  likeliest_.push_back(likeliest);
  best_ += likeliest;
}

double Lattice::fit(const std::vector<int>& text) const {
  const auto states = with_blanks(text, blank_);
  std::vector<double> row(states.size(), impossible), next(states.size());
  if (steps() == 0) return impossible;
  row[0] = at(0, states[0]);
  if (states.size() > 1) row[1] = at(0, states[1]);
  for (std::size_t t = 1; t < steps(); ++t) {
    for (std::size_t s = 0; s < states.size(); ++s) {
      double from = row[s];
      if (s >= 1) from = std::max(from, row[s - 1]);
      if (s >= 2 && states[s] != blank_ && states[s] != states[s - 2])
        from = std::max(from, row[s - 2]);
      next[s] = from + at(t, states[s]);
    }
    std::swap(row, next);
  }
  return states.size() > 1 ? std::max(row.back(), row[row.size() - 2]) : row.back();
}

std::vector<double> Lattice::loss(const std::vector<std::vector<int>>& text) const {
  std::vector<int> codes, owner;
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const int code : text[i]) {
      codes.push_back(code);
      owner.push_back(static_cast<int>(i));
    }
  std::vector<double> losses(text.size(), impossible);
  const auto states = with_blanks(codes, blank_);
  const auto width = states.size(), length = steps();
  if (length == 0 || codes.empty() || length < codes.size()) return losses;
  std::vector<double> row(width, impossible), next(width);
  std::vector<std::uint8_t> came(width * length);  // how many states back
  row[0] = at(0, states[0]);
  row[1] = at(0, states[1]);
  for (std::size_t t = 1; t < length; ++t) {
    for (std::size_t s = 0; s < width; ++s) {
      double from = row[s];
      std::uint8_t back = 0;
      if (s >= 1 && row[s - 1] > from) from = row[s - 1], back = 1;
      if (s >= 2 && states[s] != blank_ && states[s] != states[s - 2] && row[s - 2] > from)
        from = row[s - 2], back = 2;
      next[s] = from + at(t, states[s]);
      came[t * width + s] = back;
    }
    std::swap(row, next);
  }
  auto state = row[width - 1] > row[width - 2] ? width - 1 : width - 2;
  if (row[state] == impossible) return losses;
  std::fill(losses.begin(), losses.end(), 0.0);
  for (auto t = length; t-- > 0;) {
    // A blank belongs to the character before it, those in front to the first.
    const auto code = state == 0 ? 0 : (state - 1) / 2;
    losses[static_cast<std::size_t>(owner[code])] += at(t, states[state]) - likeliest_[t];
    state -= came[t * width + state];
  }
  return losses;
}

}  // namespace dengji
