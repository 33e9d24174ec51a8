// A page as it stands: the right way up, with its seals found and its kind known, by as few words
// as that takes.
#pragma once
#include <memory>

#include "ocr/page_kind.hpp"
#include "ocr/seal_find.hpp"
#include "ocr/words.hpp"

namespace dengji {

// Not to be moved: its words look at its sheet.
struct Standing {
  Standing(Sheet, Recogniser&, const Budget&);
  Standing(const Standing&) = delete;
  Standing& operator=(const Standing&) = delete;

  Sheet sheet;
  std::vector<FoundSeal> seals;
  Words words;
  KindReading kind;
};

// `readable`: where it is not, no other way up is tried.
std::unique_ptr<Standing> stand_up(Sheet, bool readable, Recogniser&, const FormSpecs&,
                                   const Budget&);

// All text of the page as a layout analysis of its own finds it: dear, for where lines found by
// shape did not serve.
PageText whole_text(const Sheet&, Recogniser&, const Budget&);

}  // namespace dengji
