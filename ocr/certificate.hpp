// What a certificate says beside its number: whose it is, who acts for the holder and how long it
// holds, read from the page's text by the labels that stand before them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ocr/evidence.hpp"
#include "ocr/page_text.hpp"

namespace dengji {

// What was read in one place, its lines one after another.
struct ReadPlace {
  std::string text;
  Box box;
  double confidence = 0;  // of its least sure character, 0..1
};
ReadPlace as_read(const TextLine&);

// The holder's name; empty where no label of a name was found.
ReadPlace holder_name(const PageText&, CertificateKind);

// Who acts for the holder (法定代表人, 负责人, 经营者, 投资人 ...), empty where no such label was
// found; a person's card has none.
ReadPlace legal_name(const PageText&, CertificateKind);

// Where a period of validity stands, beside its label or, without one, as two dates.
// In the order in which they are to be believed.
std::vector<ReadPlace> period_places(const PageText&);

// The end of a period as written: "2017年5月31日至2022年5月30日", "2011.05.01-2021.05.01",
// "...至长期": YYYY-MM-DD, "long" (长期), "" where there is none or it cannot be read.
std::string period_end(std::string_view text);

// Its end is a whole number of years after its beginning, or the day before that: months and days
// were read alike twice.
bool is_whole_years(std::string_view text);

}  // namespace dengji
