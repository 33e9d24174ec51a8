// What stands in a choice's cell, piece by piece: marks, options, other words, and the room between
// them. What the marks belong to is choice.cpp's.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "parsers/form.hpp"

namespace dengji {

enum class Mark { none, empty, tick };

struct Token {
  Mark mark = Mark::none;
  int option = -1;      // index into the choices; both unset: other text
  std::size_t gap = 0;  // blanks before it
};

// Numbers before options, remarks in brackets behind them, and marks that the form only speaks of
// ("在□内打√") are left out; a tick with its box is one mark.
std::vector<Token> choice_tokens(std::string_view text, const FieldSpec& spec);

}  // namespace dengji
