// What to read of a page, so that what is asked is answered by few lines: titles by their size,
// names by their length, dates by their shape; numbers are in number_seek.hpp. Each reads until it
// has found what it looks for; what it has read stays with the Words. All of it only confirms: that
// something is not on the page nobody can say who has not read it all.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ocr/form_check.hpp"
#include "ocr/words.hpp"

namespace dengji {

// The largest print, read from the largest on until `enough` of a text without anything else.
PageText read_titles(Words&, const std::function<bool(const PageText&)>& enough);

// 0..1: how surely a few lines of usual length can be read as they stand; low where the page lies
// another way up. Unset where there is no such line.
std::optional<double> legibility(Words&);

// Reads lines that are as long as `name` until one is it, then what stands to its left: its label.
// `labelled`: lines without anything to their left are passed over.
bool seek_name(Words&, const Sheet&, const std::string& name, bool labelled);

// Reads what may be an identity number other than those that are known already, and the labels
// beside it. `shortest`: characters of the numbers that are meant.
void read_number_lines(Words&, const Sheet&, const std::vector<ReadNumber>& known,
                       std::size_t shortest);

// Reads until `found` says that a certificate's period of validity is known: first what looks like
// two dates, then what may be dates that blur joined, at last, where it may stand in words
// (长期), short lines. Reads no more than a few of each, and none that holds one of `numbers`.
void seek_period(Words&, const Sheet&, const std::vector<ReadNumber>& numbers, bool in_words,
                 const std::function<bool()>& found);

// Reads from the top until one of the names was read without an error.
bool seek_in_prose(Words&, const std::vector<std::string>& names);

// Reads from the bottom until the place of a signature is known, then what is printed in it.
void read_signature_place(Words&, const Sheet&, PageKind);

}  // namespace dengji
