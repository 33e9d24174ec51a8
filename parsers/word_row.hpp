// The shape of one table row of Word 6-2003: its cells' edges in twips and how they are merged,
// from the modifiers of the paragraph that ends the row ([MS-DOC] 2.9.317 TDefTableOperand and
// kin).
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "parsers/table_grid.hpp"
#include "parsers/word_sprm.hpp"

namespace dengji {

class WordRow {
 public:
  // Modifiers come in the order of the file; those that are none of a row are passed over.
  void apply(Sprm sprm, std::string_view operand);
  std::vector<CellPlace> cells() const;

 private:
  struct Box {
    int width = 0;
    bool joins_left = false;
    Merge down = Merge::none;
  };
  void define(std::string_view operand, std::size_t description_size);
  void insert(std::string_view operand);
  void remove(std::string_view operand);
  void join(std::string_view operand, bool joined);
  void set_width(std::string_view operand);
  void merge_down(std::string_view operand);

  int left_ = 0;
  std::vector<Box> boxes_;
};

}  // namespace dengji
