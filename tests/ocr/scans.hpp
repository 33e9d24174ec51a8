// The drawn pictures of tests/data/ocr (tests/support/draw_scan.py) and what was drawn on them.
#pragma once
#include <string>
#include <vector>

#include "ocr/page.hpp"
#include "ocr/seal_shape.hpp"
#include "parsers/attachment.hpp"

namespace dengji::test {

struct TrueSeal {
  std::string file;
  SealShape shape = SealShape::round;
  bool red = true;
  Box box;
};

std::string scan_bytes(const std::string& name);  // throws std::runtime_error if it is not there
Attachment scan(const std::string& name);
Page page_of(const Attachment& attachment, int number = 1);  // throws if it cannot be read
Page page_of(const std::string& name);
// Of a mail of etc/samples, of the attachment whose name holds `part`; throws if there is none.
Page sample_page(const std::string& mail, const std::string& part);
std::vector<TrueSeal> true_seals(
    const std::string& file);  // throws if the truth does not speak of it

}  // namespace dengji::test
