#include "parsers/word_field.hpp"

#include "parsers/little_endian.hpp"
#include "parsers/symbols.hpp"

namespace dengji {
namespace {

constexpr unsigned type_text = 0, type_check_box = 1, type_list = 2;
constexpr unsigned result_default = 25;  // "undefined": the default counts
constexpr std::size_t fixed_part = 10;   // version, bits, two sizes

// Walks over strings with a length in front.
class Strings {
 public:
  Strings(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  std::string next(bool terminated) {
    const std::size_t units = le16(bytes_, at_);
    std::string text;
    for (std::size_t i = 0; i < units && at_ + 2 + 2 * i < bytes_.size(); ++i) {
      append_utf8(text, le16(bytes_, at_ + 2 + 2 * i));
    }
    at_ += 2 + 2 * units + (terminated ? 2 : 0);
    return text;
  }
  std::uint16_t number() {
    at_ += 2;
    return le16(bytes_, at_ - 2);
  }
  void skip(std::size_t size) { at_ += size; }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

// The list is an extended string table after the field's five other strings.
std::string chosen_line(Strings& strings, unsigned chosen) {
  for (int i = 0; i < 5; ++i) strings.next(true);
  strings.skip(2);
  const unsigned count = strings.number();
  strings.skip(4);
  if (chosen >= count) return "";
  for (unsigned i = 0; i < chosen; ++i) strings.next(false);
  return strings.next(false);
}

}  // namespace

std::string form_field_text(std::string_view data, std::uint32_t offset) {
  const std::string_view block = slice(data, offset, le32(data, offset));
  const std::string_view field = slice(block, le16(block, 4), block.size());
  if (le32(field, 0) != 0xFFFFFFFF) return "";
  const std::uint16_t bits = le16(field, 4);
  const unsigned type = bits & 3, result = bits >> 2 & 0x1F;
  if (type == type_text) return "";
  Strings strings(field, fixed_part);
  strings.next(true);
  const unsigned standard = strings.number();
  const unsigned state = result == result_default ? standard : result;
  std::string text;
  if (type == type_check_box) append_utf8(text, state == 1 ? ticked_box : empty_box);
  return type == type_list ? chosen_line(strings, state) : text;
}

}  // namespace dengji
