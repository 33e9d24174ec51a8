// Tables as Word's own formats write them: a flow of paragraphs, each of which says how many tables
// it is in, with marks that end cells and rows. What a mark closes or opens follows from the level
// alone.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/document_builder.hpp"

namespace dengji {

class ParagraphFlow {
 public:
  explicit ParagraphFlow(DocumentBuilder& builder) : builder_(builder) {}

  // To the open paragraph, whose level is known only at its end.
  void add(std::string_view utf8);
  void add(char32_t code_point);
  std::size_t size() const { return paragraph_.size(); }

  // The mark between two paragraphs was deleted: they are one, unless they turn out to stand in
  // different tables.
  void join(int level);
  void end_paragraph(int level);
  void end_cell(int level);
  void end_row(int level, const std::vector<CellPlace>& cells);
  void finish();  // what is still open ends

 private:
  struct Joint {
    std::size_t at = 0;  // in the open paragraph
    int level = 0;
  };
  void go_to_level(int level);
  void part(int level);

  DocumentBuilder& builder_;
  std::string paragraph_;
  std::optional<Joint> joint_;  // the last deleted mark
};

}  // namespace dengji
