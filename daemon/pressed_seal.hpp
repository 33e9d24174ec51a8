// The seals pressed on a submission's form and letter, held against those that the register keeps:
// one whose very pixels lay on a submission of somebody else was not pressed on this paper. Pure.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "store/register.hpp"

namespace dengji {

struct Case;

struct PressedSeal {
  std::string attachment;
  int page = 1;
  std::string fingerprint;  // of ocr/seal_print.hpp
  std::string earlier;  // 登记编号 or "S12" of somebody else's submission with the same pixels;
                        // "" if none. For staff only: a letter never names it.
};

// Submissions that are kept with a seal of these pixels, whoever sent them.
using SealHistory = std::function<std::vector<StampedBefore>(const std::string& fingerprint)>;

// Round and oval red ones; at most limits::seals_on_page.
std::vector<PressedSeal> pressed_seals(const Case&, const SealHistory&);

}  // namespace dengji
