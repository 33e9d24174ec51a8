// GIF89a's blocks, walked without decoding.
#include "ocr/page_source.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

class Walk {
 public:
  explicit Walk(std::string_view bytes) : bytes_(bytes) {}
  bool skip(std::size_t n) { return (at_ += n) <= bytes_.size(); }
  std::optional<int> byte() {
    if (at_ >= bytes_.size()) return std::nullopt;
    return static_cast<unsigned char>(bytes_[at_++]);
  }
  std::optional<int> word() {
    const auto low = byte(), high = byte();
    if (!low || !high) return std::nullopt;
    return *low | *high << 8;
  }
  bool palette(int flags) {
    return (flags & 0x80) == 0 || skip(std::size_t{3} << ((flags & 7) + 1));
  }
  bool sub_blocks() {  // bounded by the bytes: each takes at least one
    for (;;) {
      const auto n = byte();
      if (!n || !skip(static_cast<std::size_t>(*n))) return false;
      if (*n == 0) return true;
    }
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

// A frame's descriptor and data after its introducer; its pixels.
std::optional<double> frame(Walk& walk) {
  if (!walk.skip(4)) return std::nullopt;
  const auto w = walk.word(), h = walk.word(), flags = walk.byte();
  if (!w || !h || !flags || !walk.palette(*flags) || !walk.skip(1) || !walk.sub_blocks())
    return std::nullopt;
  return static_cast<double>(*w) * *h;
}

}  // namespace

std::optional<double> gif_pixels(std::string_view bytes) {
  constexpr int trailer = 0x3b, image = 0x2c, extension = 0x21;
  Walk walk(bytes);
  if (!walk.skip(6)) return std::nullopt;
  const auto w = walk.word(), h = walk.word(), flags = walk.byte();
  if (!w || !h || !flags || !walk.skip(2) || !walk.palette(*flags)) return std::nullopt;
  double pixels = 0;
  for (;;) {  // bounded by the bytes: each block takes at least one
    const auto kind = walk.byte();
    if (!kind) return std::nullopt;
    if (*kind == trailer) return pixels;
    if (*kind == image) {
      const auto more = frame(walk);
      if (!more) return std::nullopt;
      pixels += *more;
    } else if (*kind != extension || !walk.skip(1) || !walk.sub_blocks()) {
      return std::nullopt;
    }
  }
}

}  // namespace dengji
