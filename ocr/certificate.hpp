// What a certificate says beside its number: whose it is, who acts for the holder and how long it
// holds, read from the page's text by the labels that stand before them.
#pragma once
#include <string>
#include <string_view>

#include "ocr/evidence.hpp"
#include "ocr/page_text.hpp"

namespace dengji {

// The holder's name as read, "" where no label of a name was found.
std::string holder_name(const PageText&, CertificateKind);

// Who acts for the holder (法定代表人, 负责人, 经营者, 投资人 ...) as read, "" where no such label was
// found; a person's card has none.
std::string legal_name(const PageText&, CertificateKind);

// The end of the period of validity: YYYY-MM-DD, "long" (长期), "" where there is none or it cannot
// be read.
std::string valid_until(const PageText&);

// The end of a period as written: "2017年5月31日至2022年5月30日", "2011.05.01-2021.05.01",
// "...至长期".
std::string period_end(std::string_view text);

}  // namespace dengji
