// Leptonica's pictures with an owner. Private to ocr/: pictures leave as GreyImage and ColourImage.
#pragma once
#include <memory>

struct Pix;

namespace dengji {

struct PixFree {
  void operator()(::Pix* p) const;
};
using PixPtr = std::unique_ptr<::Pix, PixFree>;

// Leptonica and libtiff write their complaints about foreign bytes to standard error; they come
// back as values here. Process-wide; any number of calls, any thread.
void silence_leptonica();

}  // namespace dengji
