// What a page is, by the words that stand on it: titles, labels and set phrases, each of which may
// have been misread a little. No name of a file is looked at.
#pragma once
#include <optional>

#include "ocr/evidence.hpp"
#include "ocr/page_text.hpp"

namespace dengji {

struct KindReading {
  PageKind kind = PageKind::other;
  double confidence = 0;  // 0..1: how far ahead of the next kind
  std::optional<FormKind> form;
  CertificateKind certificate = CertificateKind::none;
  double title = 0;  // 0..1: how well its title was found
};

KindReading page_kind(const PageText&, const FormSpecs&);

}  // namespace dengji
