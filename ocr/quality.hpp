// Whether the print on a page can be read, measured. Facts are doubtful before they are wrong: only
// what no one could read is called unreadable. Any thread.
#pragma once
#include <string>

#include "ocr/prepare.hpp"

namespace dengji {

struct Quality {
  double dpi = 0;          // estimated from the sheet's or table's known size, 0 if unknown
  double text_height = 0;  // of usual print, in pixels of the upright page
  double sharpness = 0;    // 0..1, 1 = as a flatbed scan at 200 dpi
  double contrast = 0;     // 0..1, ink against paper
  bool readable = true;
  std::string why;  // when not readable: "resolution", "blur", "dark", "contrast", "damaged"
  bool monochrome = false;  // no colour anywhere: a black-and-white copy
};

Quality measure_quality(const Page& page, const Sheet& sheet);

}  // namespace dengji
