// HEIC (ISO/IEC 23008-12) by libheif, which applies the file's own rotation.
#include <libheif/heif.h>

#include <algorithm>
#include <memory>

#include "ocr/page_source.hpp"

namespace dengji {
namespace {

using Context = std::unique_ptr<heif_context, void (*)(heif_context*)>;
using Handle = std::unique_ptr<heif_image_handle, void (*)(const heif_image_handle*)>;
using Image = std::unique_ptr<heif_image, void (*)(const heif_image*)>;

Unreadable refused(const heif_error& error) {
  const bool limit = error.subcode == heif_suberror_Security_limit_exceeded;
  const bool lacking =
      error.code == heif_error_Unsupported_filetype || error.code == heif_error_Unsupported_feature;
  const Why why = limit ? Why::over_limit : lacking ? Why::unsupported : Why::damaged;
  return {why, error.message ? error.message : "libheif gives no reason"};
}

ColourImage to_colour(const heif_image* image) {
  int stride = 0;
  const std::uint8_t* from =
      heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
  ColourImage out(heif_image_get_width(image, heif_channel_interleaved),
                  heif_image_get_height(image, heif_channel_interleaved));
  if (!from) return {};
  for (int y = 0; y < out.height; ++y, from += stride)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < 3; ++c) {
        const int alpha = from[4 * x + 3];
        out.row(y)[3 * x + c] =
            static_cast<std::uint8_t>((from[4 * x + c] * alpha + 255 * (255 - alpha) + 127) / 255);
      }
  return out;
}

}  // namespace

Result<Page> decode_heic(std::string_view bytes) {
  Context context(heif_context_alloc(), heif_context_free);
  heif_error error = heif_context_read_from_memory_without_copy(context.get(), bytes.data(),
                                                                bytes.size(), nullptr);
  if (error.code != heif_error_Ok) return refused(error);
  heif_image_handle* raw_handle = nullptr;
  error = heif_context_get_primary_image_handle(context.get(), &raw_handle);
  if (error.code != heif_error_Ok) return refused(error);
  const Handle handle(raw_handle, heif_image_handle_release);
  if (auto reason = too_large(heif_image_handle_get_width(raw_handle),
                              heif_image_handle_get_height(raw_handle)))
    return *reason;
  heif_image* raw_image = nullptr;
  error = heif_decode_image(raw_handle, &raw_image, heif_colorspace_RGB,
                            heif_chroma_interleaved_RGBA, nullptr);
  if (error.code != heif_error_Ok) return refused(error);
  const Image image(raw_image, heif_image_release);
  Page page;
  page.pixels = to_colour(raw_image);
  if (page.pixels.empty()) return Unreadable{Why::damaged, "the HEIC gave no pixels"};
  return page;
}

}  // namespace dengji
