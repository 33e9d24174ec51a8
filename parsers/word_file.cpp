#include "parsers/word_file.hpp"

#include <utility>

#include "parsers/little_endian.hpp"
#include "parsers/ole.hpp"
#include "parsers/word6_file.hpp"

namespace dengji {
namespace {

constexpr std::uint16_t word97 = 0xA5EC, word2 = 0xA5DB;
constexpr std::uint16_t flag_encrypted = 0x0100, flag_table1 = 0x0200;
constexpr std::size_t fib_size = 0x9A, lengths_at = 0x4C, pairs_at = 0x9A;

// What an OLE2 file without a Word document is.
Unreadable other_ole(const Ole& ole) {
  if (ole.has("PowerPoint Document")) return {Why::unsupported, "PowerPoint presentation"};
  if (ole.has("MatOST") || ole.has("SPELLING")) return {Why::unsupported, "Microsoft Works"};
  return {Why::unsupported, "compound file without a Word document"};
}

}  // namespace

std::string_view WordFile::part(WordTable which) const {
  if (old) {
    const auto found = old->parts.find(which);
    return found == old->parts.end() ? std::string_view{} : std::string_view{found->second};
  }
  const std::size_t pair = pairs_at + 8 * static_cast<std::size_t>(which);
  return slice(table, le32(document, pair), le32(document, pair + 4));
}

Result<WordFile> open_word_file(std::string_view bytes) {
  if (le16(bytes, 0) == word2) return Unreadable{Why::unsupported, "Word 2"};
  const Result<Ole> ole = Ole::open(bytes);
  if (!ole) return ole.reason();
  if (ole->has("EncryptedPackage")) return Unreadable{Why::encrypted, "OOXML with a password"};
  WordFile file;
  if (auto stream = ole->stream("WordDocument")) {
    file.document = std::move(*stream);
  } else {
    return other_ole(*ole);
  }
  if (is_word6(file.document)) return open_word6(std::move(file.document));
  if (le16(file.document, 0) != word97 || file.document.size() < fib_size) {
    return Unreadable{Why::damaged, "Word document without its information block"};
  }
  const std::uint16_t flags = le16(file.document, 0x0A);
  if (flags & flag_encrypted) return Unreadable{Why::encrypted, "Word document with a password"};
  file.table = ole->stream(flags & flag_table1 ? "1Table" : "0Table").value_or("");
  file.data = ole->stream("Data").value_or("");
  for (std::size_t i = 0; i < story_count; ++i) {
    file.story_lengths[i] = le32(file.document, lengths_at + 4 * i);
  }
  return file;
}

}  // namespace dengji
