// Picture files by Leptonica, which takes care of palettes, depths and CMYK but not of EXIF.
#include <leptonica/allheaders.h>
#include <libexif/exif-data.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "ocr/page_source.hpp"
#include "ocr/pix.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

const l_uint8* data_of(std::string_view bytes) {
  return reinterpret_cast<const l_uint8*>(bytes.data());
}

Unreadable damaged(const char* what) { return {Why::damaged, what}; }

struct Size {
  int width = 0, height = 0;
};

Result<Size> header_size(FileType type, std::string_view bytes, int frame) {
  Size s;
  int format = 0, bits = 0, samples = 0, palette = 0, resolution = 0;
  if (type == FileType::gif) {
    const auto pixels = gif_pixels(bytes);
    if (!pixels) return damaged("the picture's blocks are damaged");
    if (*pixels > static_cast<double>(limits::picture_pixels))
      return Unreadable{Why::over_limit, "an animation of too many pixels"};
    const auto at = [&](std::size_t i) {
      return static_cast<int>(static_cast<unsigned char>(bytes[i]));
    };
    return Size{at(6) | at(7) << 8, at(8) | at(9) << 8};
  }
  const bool failed =
      type == FileType::tiff
          ? readHeaderMemTiff(data_of(bytes), bytes.size(), frame, &s.width, &s.height, &bits,
                              &samples, &resolution, &palette, &format) != 0
          : pixReadHeaderMem(data_of(bytes), bytes.size(), &format, &s.width, &s.height, &bits,
                             &samples, &palette) != 0;
  if (failed) return damaged("the picture's header could not be read");
  return s;
}

ColourImage to_colour(::Pix* pix) {
  ColourImage out(pixGetWidth(pix), pixGetHeight(pix));
  const l_uint32* line = pixGetData(pix);
  for (int y = 0; y < out.height; ++y, line += pixGetWpl(pix)) {
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x) {
      *to++ = static_cast<std::uint8_t>(line[x] >> 24);
      *to++ = static_cast<std::uint8_t>(line[x] >> 16);
      *to++ = static_cast<std::uint8_t>(line[x] >> 8);
    }
  }
  return out;
}

PixPtr flattened(PixPtr pix) {
  if (pixGetColormap(pix.get())) pix = PixPtr(pixRemoveColormap(pix.get(), REMOVE_CMAP_WITH_ALPHA));
  if (pix && pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4)
    pix = PixPtr(pixAlphaBlendUniform(pix.get(), 0xffffff00));
  if (pix && pixGetDepth(pix.get()) != 32) pix = PixPtr(pixConvertTo32(pix.get()));
  return pix;
}

// The EXIF orientation (CIPA DC-008, tag 0x0112), 1 to 8; 1 where there is none.
int exif_orientation(std::string_view bytes) {
  std::unique_ptr<ExifData, void (*)(ExifData*)> data(
      exif_data_new_from_data(data_of(bytes), static_cast<unsigned>(bytes.size())),
      exif_data_unref);
  if (!data) return 1;
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->components < 1) return 1;
  const int value = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return value >= 1 && value <= 8 ? value : 1;
}

void mirror(ColourImage& image) {
  for (int y = 0; y < image.height; ++y) {
    std::uint8_t* row = image.row(y);
    for (int l = 0, r = image.width - 1; l < r; ++l, --r)
      std::swap_ranges(row + 3 * l, row + 3 * l + 3, row + 3 * r);
  }
}

ColourImage oriented(ColourImage image, int orientation) {
  constexpr int quarters[] = {0, 0, 0, 2, 2, 3, 1, 1, 3};
  const bool mirrored =
      orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
  if (mirrored) mirror(image);
  const int turn = quarters[orientation];
  return turn == 0 ? std::move(image) : turned(image, turn);
}

// Where libjpeg found no more data it repeats the last block downwards: rows like the last one.
double flat_tail(const ColourImage& image) {
  int rows = 0;
  const std::uint8_t* last = image.row(image.height - 1);
  for (int y = image.height - 1; y >= 0; --y, ++rows) {
    const std::uint8_t* row = image.row(y);
    if (!std::equal(row, row + 3 * image.width, last)) break;
  }
  return static_cast<double>(rows) / image.height;
}

bool ends_properly(std::string_view jpeg) {
  const std::size_t from = jpeg.size() > 4096 ? jpeg.size() - 4096 : 0;
  return jpeg.find("\xff\xd9", from) != std::string_view::npos;
}

Result<Page> decode_jpeg(std::string_view bytes) {
  int warnings = 0;
  PixPtr pix(
      pixReadMemJpeg(data_of(bytes), bytes.size(), 0, 1, &warnings, L_JPEG_CONTINUE_WITH_BAD_DATA));
  if (pix) pix = flattened(std::move(pix));
  if (!pix) return damaged("the JPEG could not be decoded");
  Page page;
  page.dpi = pixGetXRes(pix.get());
  page.pixels = to_colour(pix.get());
  pix.reset();
  if (warnings > 0 && !ends_properly(bytes)) page.missing = flat_tail(page.pixels);
  page.pixels = oriented(std::move(page.pixels), exif_orientation(bytes));
  return page;
}

class PictureSource : public Pages::Source {
 public:
  PictureSource(FileType type, std::string_view bytes, int count)
      : type_(type), bytes_(bytes), count_(count) {}
  int count() const override { return count_; }
  Result<Page> read(int number) const override { return decode_picture(type_, bytes_, number - 1); }

 private:
  FileType type_;
  std::string_view bytes_;
  int count_;
};

int tiff_frames(std::string_view bytes) {
  std::FILE* file = fopenReadFromMemory(data_of(bytes), bytes.size());
  if (!file) return 0;
  int n = 0;
  const bool failed = tiffGetCount(file, &n) != 0;
  std::fclose(file);
  return failed ? 0 : n;
}

}  // namespace

Result<Page> decode_picture(FileType type, std::string_view bytes, int frame) {
  if (type == FileType::heic) return decode_heic(bytes);
  const Result<Size> size = header_size(type, bytes, frame);
  if (!size) return size.reason();
  if (auto reason = too_large(size->width, size->height)) return *reason;
  if (type == FileType::jpeg) return decode_jpeg(bytes);
  PixPtr pix(type == FileType::tiff ? pixReadMemTiff(data_of(bytes), bytes.size(), frame)
                                    : pixReadMem(data_of(bytes), bytes.size()));
  if (pix) pix = flattened(std::move(pix));
  if (!pix) return damaged("the picture could not be decoded");
  Page page;
  page.dpi = pixGetXRes(pix.get());
  page.pixels = to_colour(pix.get());
  return page;
}

SourceResult open_picture(FileType type, std::string_view bytes) {
  int count = 1;
  if (type == FileType::tiff) count = tiff_frames(bytes);
  if (count == 0) return damaged("the TIFF's directories could not be read");
  return std::unique_ptr<Pages::Source>(std::make_unique<PictureSource>(type, bytes, count));
}

}  // namespace dengji
