// What page.cpp is put together from: one source of pages a kind of file. Private to page*.cpp.
#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "ocr/page.hpp"

namespace dengji {

class Pages::Source {
 public:
  virtual ~Source() = default;
  virtual int count() const = 0;
  virtual Result<Page> read(int number) const = 0;
};

using SourceResult = Result<std::unique_ptr<Pages::Source>>;

// The bytes must outlive the source.
SourceResult open_picture(FileType type, std::string_view bytes);
SourceResult open_pdf(std::string_view bytes);

// One picture's pixels, decoded within the limits; `type` is one that Leptonica or libheif reads.
Result<Page> decode_picture(FileType type, std::string_view bytes, int frame);
Result<Page> decode_heic(std::string_view bytes);

// A reason where a picture of that size must not be decoded.
std::optional<Unreadable> too_large(double width, double height);

// Pixels of a GIF's frames together, from its blocks alone: Leptonica decodes all frames to get the
// first. Unset where the blocks are damaged.
std::optional<double> gif_pixels(std::string_view bytes);

}  // namespace dengji
