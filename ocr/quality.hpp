// Whether the print on a page can be read, measured. Facts are doubtful before they are wrong: only
// what no one could read is called unreadable. Any thread.
#pragma once
#include <string>

#include "ocr/prepare.hpp"

namespace dengji {

// The limits of what can be read, found on drawn pages at which Tesseract's error passes one half.
// They lie well beyond what a person finds merely poor.
inline constexpr double least_print_height = 7;  // pixels
inline constexpr double least_sharpness = 0.32;
inline constexpr double sure_sharpness = 0.65;  // from here on no reading need bear it out
inline constexpr double least_contrast = 0.12;
inline constexpr double least_brightness = 22.0 / 255;

struct Quality {
  double dpi = 0;          // estimated from the sheet's or table's known size, 0 if unknown
  double text_height = 0;  // of usual print, in pixels of the upright page
  double sharpness = 0;    // 0..1, 1 = as a flatbed scan at 200 dpi
  double contrast = 0;     // 0..1, ink against paper
  double brightness = 0;   // 0..1, of the paper
  bool readable = true;
  std::string why;  // when not readable: "resolution", "blur", "dark", "contrast", "damaged"
  bool monochrome = false;  // no colour anywhere: a black-and-white copy
};

Quality measure_quality(const Page& page, const Sheet& sheet);

}  // namespace dengji
