#include "ocr/picture_file.hpp"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "ocr/pix.hpp"

namespace dengji {
namespace {

constexpr int jpeg_quality = 85;

struct FontFree {
  void operator()(L_Bmf* font) const { bmfDestroy(&font); }
};
using Font = std::unique_ptr<L_Bmf, FontFree>;

PixPtr to_pix(const ColourImage& image) {
  PixPtr pix(pixCreate(image.width, image.height, 32));
  if (!pix) return pix;
  l_uint32* line = pixGetData(pix.get());
  for (int y = 0; y < image.height; ++y, line += pixGetWpl(pix.get())) {
    const std::uint8_t* from = image.row(y);
    for (int x = 0; x < image.width; ++x, from += 3)
      composeRGBPixel(from[0], from[1], from[2], line + x);
  }
  return pix;
}

// By areas, so that no line of print falls between two pixels.
PixPtr fitted(PixPtr pix, int most) {
  const int longer = pix ? std::max(pixGetWidth(pix.get()), pixGetHeight(pix.get())) : 0;
  if (longer <= most) return pix;
  const auto side = [&](int pixels) {
    return std::max<l_int32>(1, static_cast<l_int32>(std::int64_t{pixels} * most / longer));
  };
  return PixPtr(pixScaleAreaMapToSize(pix.get(), side(pixGetWidth(pix.get())),
                                      side(pixGetHeight(pix.get()))));
}

PictureFile encoded(::Pix* pix, int format) {
  PictureFile file;
  if (pix == nullptr) return file;
  l_uint8* bytes = nullptr;
  std::size_t size = 0;
  const bool failed = format == IFF_PNG ? pixWriteMemPng(&bytes, &size, pix, 0) != 0
                                        : pixWriteMemJpeg(&bytes, &size, pix, jpeg_quality, 0) != 0;
  const std::unique_ptr<l_uint8, void (*)(void*)> owner(bytes, std::free);
  if (failed || bytes == nullptr) return file;
  file.width = pixGetWidth(pix);
  file.height = pixGetHeight(pix);
  file.bytes.assign(reinterpret_cast<const char*>(bytes), size);
  return file;
}

void draw(::Pix* pix, const PageMark& mark, double scale, L_Bmf* font) {
  constexpr int line_width = 2;
  const auto scaled = [scale](int v) { return static_cast<l_int32>(std::lround(v * scale)); };
  const l_int32 x = scaled(mark.box.x), y = scaled(mark.box.y);
  ::Box* box = boxCreate(x, y, std::max(1, scaled(mark.box.w)), std::max(1, scaled(mark.box.h)));
  pixRenderBoxArb(pix, box, line_width, mark.colour[0], mark.colour[1], mark.colour[2]);
  boxDestroy(&box);
  if (font == nullptr || mark.label.empty()) return;
  l_uint32 ink = 0;
  composeRGBPixel(mark.colour[0], mark.colour[1], mark.colour[2], &ink);
  // The given height is that of the text's first baseline.
  const l_int32 above = std::max(y - 2 * line_width, font->lineheight);
  l_int32 width = 0;
  bmfGetStringWidth(font, mark.label.c_str(), &width);
  const l_int32 left = std::max(0, std::min(x, pixGetWidth(pix) - width));
  pixSetTextline(pix, font, mark.label.c_str(), ink, left, above, nullptr, nullptr);
}

}  // namespace

PictureFile jpeg_of(const ColourImage& page, int most) {
  return encoded(fitted(to_pix(page), most).get(), IFF_JFIF_JPEG);
}

PictureFile png_of(const ColourImage& page, const std::vector<PageMark>& marks, int most) {
  constexpr int points = 6;  // at 300 dpi
  const PixPtr pix = fitted(to_pix(page), most);
  if (!pix) return {};
  const Font font(bmfCreate(nullptr, points));
  const double scale = static_cast<double>(pixGetWidth(pix.get())) / page.width;
  for (const auto& mark : marks) draw(pix.get(), mark, scale, font.get());
  return encoded(pix.get(), IFF_PNG);
}

}  // namespace dengji
