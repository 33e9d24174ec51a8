#include "ocr/components.hpp"

#include <algorithm>

namespace dengji {
namespace {

class Sets {
 public:
  int add() {
    parents_.push_back(static_cast<int>(parents_.size()));
    return parents_.back();
  }
  int root(int i) {
    while (at(i) != i) i = at(i) = at(at(i));
    return i;
  }
  void join(int a, int b) {
    a = root(a), b = root(b);
    at(std::max(a, b)) = std::min(a, b);
  }
  std::size_t size() const { return parents_.size(); }

 private:
  int& at(int i) { return parents_[static_cast<std::size_t>(i)]; }
  std::vector<int> parents_;
};

// Provisional labels in one pass; set 0 is the background.
Sets label(const GreyImage& mask, std::vector<int>& labels) {
  Sets sets;
  sets.add();
  const int w = mask.width;
  for (int y = 0; y < mask.height; ++y) {
    const std::uint8_t* row = mask.row(y);
    int* line = labels.data() + static_cast<std::ptrdiff_t>(y) * w;
    const int* up = y > 0 ? line - w : nullptr;
    for (int x = 0; x < w; ++x) {
      if (row[x] == 0) continue;
      int found = x > 0 ? line[x - 1] : 0;
      for (int k = std::max(0, x - 1); up && k <= std::min(w - 1, x + 1); ++k) {
        if (up[k] == 0) continue;
        if (found == 0)
          found = up[k];
        else if (up[k] != found)
          sets.join(up[k], found);
      }
      line[x] = found != 0 ? found : sets.add();
    }
  }
  return sets;
}

void extend(Component& part, int x, int y) {
  Box& b = part.box;
  if (part.pixels++ == 0) {
    b = {x, y, 1, 1};
    return;
  }
  const int right = std::max(b.x + b.w, x + 1);
  b.x = std::min(b.x, x);
  b.w = right - b.x;
  b.h = y + 1 - b.y;  // rows come from the top
}

}  // namespace

Components components(const GreyImage& mask) {
  Components out;
  out.labels.resize(mask.pixels.size());
  Sets sets = label(mask, out.labels);
  std::vector<int> final_label(sets.size());
  std::size_t i = 0;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x, ++i) {
      int& l = out.labels[i];
      if (l == 0) continue;
      int& mapped = final_label[static_cast<std::size_t>(sets.root(l))];
      if (mapped == 0) {
        out.parts.emplace_back();
        mapped = static_cast<int>(out.parts.size());
      }
      l = mapped;
      extend(out.parts[static_cast<std::size_t>(mapped - 1)], x, y);
    }
  return out;
}

}  // namespace dengji
