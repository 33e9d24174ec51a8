// Every label of a document with the value that stands with it: beside it, below it, behind its
// colon, or in a group row. Layout only; which field a pair fills is form.cpp's.
#pragma once
#include <string>
#include <vector>

#include "parsers/document.hpp"
#include "parsers/form.hpp"
#include "parsers/label.hpp"

namespace dengji {

struct Pair {
  Meaning meaning;    // what the label may mean
  std::string value;  // as it stands, "" where nothing stands
  Place place;        // of the value; table -1: in a paragraph, row = its index
  bool in_table = false;
};

// In document order, at most limits::document_cells of them.
std::vector<Pair> find_pairs(const Document& document, const LabelBook& book);

}  // namespace dengji
