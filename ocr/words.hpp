// The words of one page, recognised line by line and only when somebody asks for them: recognition
// is what a page costs, and few of its lines are asked for. A line is recognised once. Borrows all
// that it is made of.
#pragma once
#include <optional>
#include <vector>

#include "ocr/page_text.hpp"
#include "ocr/prepare.hpp"
#include "ocr/recognise.hpp"

namespace dengji {

class Words {
 public:
  // `stamped`: places on the sheet where red ink is taken out before reading.
  Words(const Sheet&, std::vector<Box> stamped, Recogniser&, const Budget&);

  std::size_t count() const { return sheet_->lines().size(); }
  const LinePlace& place(std::size_t line) const { return sheet_->lines()[line]; }

  const TextLine& read(std::size_t line);  // boxes in pixels of the sheet
  void read_all();
  // Identity numbers are another script: every line that holds one of their characters, read as
  // nothing else.
  TextLine digits(std::size_t line, const std::string& whitelist);

  PageText text() const;  // of the lines that were read by now

  double usual_height() const;  // of the characters of half of the print, 0 if there is none

 private:
  struct Cut {
    GreyImage picture;
    std::vector<int> columns;  // of the uncut picture that each of its columns comes from
    Box box;                   // on the sheet
    double scale = 1;
  };
  Cut cut(std::size_t line, double height) const;
  TextLine on_sheet(TextLine line, const Cut&) const;

  const Sheet* sheet_;
  std::vector<Box> stamped_;
  Recogniser* recogniser_;
  const Budget* budget_;
  std::vector<std::optional<TextLine>> read_;
};

}  // namespace dengji
