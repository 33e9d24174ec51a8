#include "ocr/page.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "ocr/page_source.hpp"
#include "ocr/pix.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

bool one_colour(const ColourImage& image) {
  constexpr int tolerance = 3;
  if (image.pixels.size() < 3) return true;
  int low[3] = {255, 255, 255}, high[3] = {0, 0, 0};
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* row = image.row(y);
    for (int i = 0; i < 3 * image.width; ++i) {
      low[i % 3] = std::min<int>(low[i % 3], row[i]);
      high[i % 3] = std::max<int>(high[i % 3], row[i]);
    }
    for (int c = 0; c < 3; ++c)
      if (high[c] - low[c] > tolerance) return false;
  }
  return true;
}

}  // namespace

std::optional<Unreadable> too_large(double width, double height) {
  if (!(width >= 1 && height >= 1)) return Unreadable{Why::damaged, "a picture without pixels"};
  const auto side = static_cast<double>(limits::picture_side);
  const auto pixels = static_cast<double>(limits::picture_pixels);
  if (width > side || height > side || width * height > pixels)
    return Unreadable{Why::over_limit, "a picture of " + std::to_string(std::llround(width)) +
                                           " x " + std::to_string(std::llround(height)) +
                                           " pixels"};
  return std::nullopt;
}

Pages::Pages(std::unique_ptr<Source> source) : source_(std::move(source)) {}
Pages::Pages(Pages&&) noexcept = default;
Pages& Pages::operator=(Pages&&) noexcept = default;
Pages::~Pages() = default;

Result<Pages> Pages::open(const Attachment& attachment) {
  silence_leptonica();
  if (attachment.bytes.empty()) return Unreadable{Why::empty, "no bytes"};
  if (!is_picture(attachment.type)) return Unreadable{Why::unsupported, "not a picture"};
  SourceResult source = attachment.type == FileType::pdf
                            ? open_pdf(attachment.bytes)
                            : open_picture(attachment.type, attachment.bytes);
  if (!source) return source.reason();
  const auto count = (*source)->count();
  if (count < 1) return Unreadable{Why::empty, "no pages"};
  if (static_cast<std::size_t>(count) > limits::picture_pages)
    return Unreadable{Why::over_limit, std::to_string(count) + " pages"};
  return Pages(std::move(*source));
}

int Pages::count() const { return source_->count(); }

Result<Page> Pages::read(int number) const {
  if (number < 1 || number > count()) return Unreadable{Why::empty, "no such page"};
  Result<Page> page = source_->read(number);
  if (page) {
    page->number = number;
    page->blank = one_colour(page->pixels);
  }
  return page;
}

}  // namespace dengji
