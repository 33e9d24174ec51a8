#include "ocr/components.hpp"

#include <algorithm>

namespace dengji {
namespace {

class Sets {
 public:
  explicit Sets(std::size_t n) : parents_(n) {
    for (std::size_t i = 0; i < n; ++i) parents_[i] = static_cast<int>(i);
  }
  int root(int i) {
    while (at(i) != i) i = at(i) = at(at(i));
    return i;
  }
  void join(int a, int b) {
    a = root(a), b = root(b);
    at(std::max(a, b)) = std::min(a, b);
  }

 private:
  int& at(int i) { return parents_[static_cast<std::size_t>(i)]; }
  std::vector<int> parents_;
};

// Runs of one row and of the row above it that touch, corners included.
void join_rows(const std::vector<Run>& runs, std::size_t above, std::size_t begin, std::size_t end,
               Sets& sets) {
  for (std::size_t i = begin; i < end; ++i) {
    while (above < begin && runs[above].x1 + 1 < runs[i].x0) ++above;
    for (std::size_t k = above; k < begin && runs[k].x0 <= runs[i].x1 + 1; ++k)
      sets.join(static_cast<int>(k), static_cast<int>(i));
  }
}

Sets sets_of(const std::vector<Run>& runs) {
  Sets sets(runs.size());
  std::size_t above = 0;
  for (std::size_t begin = 0; begin < runs.size();) {
    std::size_t end = begin;
    while (end < runs.size() && runs[end].y == runs[begin].y) ++end;
    if (begin > above && runs[above].y + 1 == runs[begin].y)
      join_rows(runs, above, begin, end, sets);
    above = begin;
    begin = end;
  }
  return sets;
}

void extend(Component& part, const Run& run) {
  Box& b = part.box;
  if (part.pixels == 0) b = {run.x0, run.y, 0, 0};
  const int right = std::max(b.x + b.w, run.x1 + 1);
  b.x = std::min(b.x, run.x0);
  b.w = right - b.x;
  b.h = run.y + 1 - b.y;  // rows come from the top
  part.pixels += run.x1 - run.x0 + 1;
}

}  // namespace

std::vector<Run> runs_of(const GreyImage& mask) {
  std::vector<Run> runs;
  for (int y = 0; y < mask.height; ++y) {
    const std::uint8_t* row = mask.row(y);
    const std::uint8_t* end = row + mask.width;
    const auto off = [](std::uint8_t v) { return v == 0; };
    for (const std::uint8_t* p = std::find_if_not(row, end, off); p != end;) {
      const std::uint8_t* stop = std::find(p, end, std::uint8_t{0});
      runs.push_back({y, static_cast<int>(p - row), static_cast<int>(stop - row) - 1});
      p = std::find_if_not(stop, end, off);
    }
  }
  return runs;
}

RunParts connected(const std::vector<Run>& runs) {
  RunParts out;
  Sets sets = sets_of(runs);
  std::vector<int> part_of_root(runs.size(), -1);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    int& part = part_of_root[static_cast<std::size_t>(sets.root(static_cast<int>(i)))];
    if (part < 0) {
      part = static_cast<int>(out.parts.size());
      out.parts.emplace_back();
    }
    out.part_of.push_back(part);
    extend(out.parts[static_cast<std::size_t>(part)], runs[i]);
  }
  return out;
}

Components components(const GreyImage& mask) {
  const auto runs = runs_of(mask);
  auto found = connected(runs);
  Components out;
  out.parts = std::move(found.parts);
  out.labels.resize(mask.pixels.size());
  for (std::size_t i = 0; i < runs.size(); ++i)
    std::fill_n(
        out.labels.begin() + static_cast<std::ptrdiff_t>(runs[i].y) * mask.width + runs[i].x0,
        runs[i].x1 - runs[i].x0 + 1, found.part_of[i] + 1);
  return out;
}

}  // namespace dengji
