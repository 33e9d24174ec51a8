// What a recogniser thought likely at each step of a line, and how well a known text fits it:
// connectionist temporal classification (Graves 2006), best path. Pure.
#pragma once
#include <cstddef>
#include <vector>

namespace dengji {

class Lattice {
 public:
  Lattice() = default;
  // `codes`: how many there are; `blank`: the one that stands for nothing.
  Lattice(int codes, int blank) : codes_(codes), blank_(blank) {}

  // One step more; probabilities that are not given are taken as `floor`.
  struct Chance {
    int code = 0;
    double probability = 0;
  };
  void add(const std::vector<Chance>& step);

  std::size_t steps() const {
    return codes_ > 0 ? log_.size() / static_cast<std::size_t>(codes_) : 0;
  }

  // The logarithm of the probability of the best path that spells `text`; of the best path of all.
  double fit(const std::vector<int>& text) const;
  double best() const { return best_; }

  // How far below the best path over the same steps each character's own part of the best path
  // lies: 0 where the recogniser read it so itself. `text`: the codes of each character.
  std::vector<double> loss(const std::vector<std::vector<int>>& text) const;

 private:
  double at(std::size_t step, int code) const {
    return log_[step * static_cast<std::size_t>(codes_) + static_cast<std::size_t>(code)];
  }
  int codes_ = 0, blank_ = 0;
  double best_ = 0;
  std::vector<float> log_;         // steps x codes
  std::vector<double> likeliest_;  // of each step
};

}  // namespace dengji
