// Letters that print and readers do not tell from digits. The alphabets of credit codes, licences
// and citizens' numbers leave them out for that reason (GB 32100 5.2), so that there an O is a
// nought; in an organisation code only its check digit says which is meant. Pure.
#pragma once
#include <string>
#include <string_view>

#include "parsers/identifier.hpp"

namespace dengji {

// The characters that a reader is asked for where numbers of this kind may stand, those that look
// like one of theirs included: without the O eng reads a nought that it takes for one as a Q.
std::string_view readable(IdType);

// `reading` as a number of this kind: letters that it cannot hold as the digits they look like. Of
// an organisation code O and I as the check digit asks, where just one way of reading them fits.
std::string as_number(IdType, std::string reading);

// Where in `reading` (canonical) `number` stands, but for letters that look like digits; npos where
// it does not.
std::size_t find_number(std::string_view reading, std::string_view number);

}  // namespace dengji
