// Word 97-2003 files made in memory, for what no program at hand writes: fast-saved text, deleted
// rows, huge properties, broken structures.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace dengji {

// An OLE2 file whose root has these streams.
std::string make_ole(const std::map<std::string, std::string>& streams);

struct MadeRun {
  std::u16string text{};
  std::string modifiers{};  // of its characters
};

struct MadeParagraph {
  std::vector<MadeRun> runs{};  // the last run's last character is the mark
  std::string modifiers{};
};

struct MadeBox {
  std::size_t length = 0;  // characters, marks included
  int anchor = -1;         // a position in the body, -1: none
  bool spare = false;      // kept for reuse
};

struct MadeWord {
  std::vector<MadeParagraph> paragraphs{};
  bool fast_saved = false;      // a piece a paragraph, stored last to first
  unsigned flags = 0;           // of the information block
  std::string lists{};          // modifiers that pieces refer to, and
  unsigned piece_modifier = 0;  // which of them
  std::string data{};           // the Data stream
  // Text boxes, whose texts are the last of the paragraphs.
  std::vector<MadeBox> boxes{};
};
std::string make_word(const MadeWord& word);

// A modifier: operation and operand.
std::string sprm(unsigned operation, const std::string& operand);
// A row's definition: right edges in twips and, for each cell, its flags.
std::string row_definition(const std::vector<int>& edges, const std::vector<unsigned>& flags);

std::string le(unsigned long value, int bytes);

}  // namespace dengji
