// Labels and values within one text: "填表人：王某　　填表日期：2018年8月20日", one pair or
// several.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "parsers/label.hpp"

namespace dengji {

struct InlinePair {
  Meaning meaning;
  std::string value;
};

// The pairs of a text that has a known label before a colon, or alone on its first line or before a
// blank; none where it has no label. Each pair is read in the surroundings the ones before it make.
std::vector<InlinePair> inline_pairs(std::string_view text, const LabelBook& book,
                                     Surroundings around);

// What a text begins with up to its first colon, where a label may stand; "" where it has none.
std::string leading_text(std::string_view text);

// Whether two labels may mean the same field.
bool share_field(const Meaning& a, const Meaning& b);

// Whether the label's value may hold anything up to the end of its cell, other labels too.
bool takes_rest(const Meaning& meaning);

// The group that a label just read belongs to, for the short labels behind it.
const GroupSpec* group_of(const Meaning& meaning, const LabelBook& book);

}  // namespace dengji
