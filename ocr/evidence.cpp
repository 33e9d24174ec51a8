#include "ocr/evidence.hpp"

#include <array>

#include "ocr/look.hpp"
#include "ocr/page.hpp"
#include "ocr/recognise.hpp"

namespace dengji {

std::string_view to_string(PageKind kind) {
  switch (kind) {
    case PageKind::form:
      return "form";
    case PageKind::certificate:
      return "certificate";
    case PageKind::commitment:
      return "commitment";
    case PageKind::other:
      break;
  }
  return "other";
}

std::string_view to_string(CertificateKind kind) {
  switch (kind) {
    case CertificateKind::uscc_certificate:
      return "uscc_certificate";
    case CertificateKind::orgcode_certificate:
      return "orgcode_certificate";
    case CertificateKind::business_licence:
      return "business_licence";
    case CertificateKind::social_organisation:
      return "social_organisation";
    case CertificateKind::id_card:
      return "id_card";
    case CertificateKind::none:
      break;
  }
  return "none";
}

std::string_view to_string(SealShape shape) {
  static constexpr std::array words{"round", "oval", "square"};
  return words[static_cast<std::size_t>(shape)];
}

struct Eye::Parts {
  EyeOptions options;
  Recogniser recogniser;
};

Eye::Eye(EyeOptions options) {
  const auto tessdata = options.tessdata;
  parts_.reset(new Parts{std::move(options), Recogniser(tessdata)});
}

Eye::~Eye() = default;

AttachmentFacts Eye::look(const Attachment& attachment,
                          const std::vector<Expectation>& expectations, const Watch& watch) {
  AttachmentFacts facts;
  auto pages = Pages::open(attachment);
  if (!pages) {
    facts.problem = pages.reason();
    return facts;
  }
  for (int number = 1; number <= pages->count(); ++number) {
    const auto page = pages->read(number);
    if (page) {
      facts.pages.push_back(look_at(*page, parts_->recogniser, parts_->options, expectations));
      if (watch) watch(*page, facts.pages.back());
    } else {
      PageFacts unread;
      unread.page = number;
      unread.quality.readable = false;
      unread.quality.why = "damaged";
      unread.agreement.resize(expectations.size());
      facts.pages.push_back(std::move(unread));
      if (!facts.problem) facts.problem = page.reason();
    }
  }
  return facts;
}

}  // namespace dengji
