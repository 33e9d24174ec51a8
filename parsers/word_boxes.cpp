#include "parsers/word_boxes.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "parsers/little_endian.hpp"

namespace dengji {
namespace {

constexpr std::size_t anchor_size = 26, anchor_shape = 0;
constexpr std::size_t box_size = 22, box_spare = 8, box_shape = 14;

// A table of the format: positions, one more than there are entries, and then the entries.
struct Entries {
  std::string_view table;
  std::size_t size;  // of an entry

  std::size_t count() const { return table.size() < 4 ? 0 : (table.size() - 4) / (4 + size); }
  std::uint32_t position(std::size_t i) const { return le32(table, 4 * i); }
  std::string_view entry(std::size_t i) const {
    return slice(table, 4 * (count() + 1) + size * i, size);
  }
};

std::unordered_map<std::uint32_t, std::uint32_t> anchors_by_shape(const WordFile& file) {
  std::unordered_map<std::uint32_t, std::uint32_t> anchors;
  const Entries entries{file.part(WordTable::anchors), anchor_size};
  for (std::size_t i = 0; i < entries.count(); ++i) {
    anchors.emplace(le32(entries.entry(i), anchor_shape), entries.position(i));
  }
  return anchors;
}

}  // namespace

std::vector<WordBox> read_boxes(const WordFile& file, std::uint32_t begin, std::uint32_t end) {
  const auto anchors = anchors_by_shape(file);
  const Entries entries{file.part(WordTable::boxes), box_size};
  if (entries.count() == 0 && begin < end) return {{WordBox::nowhere, begin, end}};
  std::vector<WordBox> boxes;
  std::uint32_t at = begin;
  for (std::size_t i = 0; i < entries.count(); ++i) {
    const std::uint32_t length = end - begin;
    WordBox box{WordBox::nowhere, begin + std::min(entries.position(i), length),
                begin + std::min(entries.position(i + 1), length)};
    if (box.begin < at || box.end <= box.begin) continue;
    at = box.end;
    if (le16(entries.entry(i), box_spare) != 0) continue;
    const auto anchor = anchors.find(le32(entries.entry(i), box_shape));
    if (anchor != anchors.end()) box.anchor = anchor->second;
    boxes.push_back(box);
  }
  std::stable_sort(boxes.begin(), boxes.end(),
                   [](const WordBox& a, const WordBox& b) { return a.anchor < b.anchor; });
  return boxes;
}

}  // namespace dengji
