// Pictures and PDF files as pages of pixels, one page in memory at a time. Any bytes give pages or
// the reason why not; nothing is decoded before its header's size was held against
// limits::picture_*. JPEG, PNG, TIFF, BMP, GIF and WebP by Leptonica, HEIC by libheif; a PDF page
// that is one JPEG picture gives that picture's own pixels, any other one is rendered by poppler.
#pragma once
#include <memory>

#include "ocr/image.hpp"
#include "parsers/attachment.hpp"
#include "parsers/result.hpp"

namespace dengji {

struct Page {
  int number = 1;         // 1-based
  ColourImage pixels;     // as a viewer shows it: EXIF orientation applied, alpha on white
  double dpi = 0;         // what the file claims, 0 if nothing or nonsense
  bool rendered = false;  // drawn by poppler rather than a picture's own pixels
  bool blank = false;     // one colour all over: nothing can be said about what was on the paper
  double missing = 0;     // share of the rows that a cut-off file did not bring, 0..1
};

class Pages {
 public:
  // The attachment must outlive the pages. Why::unsupported for what has no pages of pixels,
  // Why::over_limit for more than limits::picture_pages.
  static Result<Pages> open(const Attachment& attachment);
  Pages(Pages&&) noexcept;
  Pages& operator=(Pages&&) noexcept;
  ~Pages();

  int count() const;
  Result<Page> read(int number) const;  // 1 .. count(); Why::over_limit, Why::damaged, ...

  class Source;  // one a kind of file

 private:
  explicit Pages(std::unique_ptr<Source> source);
  std::unique_ptr<Source> source_;
};

}  // namespace dengji
