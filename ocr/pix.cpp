#include "ocr/pix.hpp"

#include <leptonica/allheaders.h>
#include <tiffio.h>

namespace dengji {

void PixFree::operator()(::Pix* p) const { pixDestroy(&p); }

void silence_leptonica() {
  static const bool once = [] {
    setMsgSeverity(L_SEVERITY_NONE);
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace dengji
