#include "tests/ocr/scans.hpp"

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "parsers/message.hpp"

namespace dengji::test {
namespace {

SealShape shape_named(const std::string& word) {
  return word == "oval" ? SealShape::oval : word == "square" ? SealShape::square : SealShape::round;
}

}  // namespace

std::string scan_bytes(const std::string& name) {
  std::ifstream file(std::string(TEST_DATA) + "/ocr/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no such picture: " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Attachment scan(const std::string& name) { return make_attachment(name, scan_bytes(name)); }

Page page_of(const Attachment& attachment, int number) {
  const Result<Pages> pages = Pages::open(attachment);
  if (!pages) throw std::runtime_error(attachment.name + ": " + pages.reason().detail);
  Result<Page> page = pages->read(number);
  if (!page) throw std::runtime_error(attachment.name + ": " + page.reason().detail);
  return std::move(*page);
}

Page page_of(const std::string& name) { return page_of(scan(name)); }

Page sample_page(const std::string& mail, const std::string& part) {
  std::ifstream file(SOURCE_DIR "/etc/samples/" + mail, std::ios::binary);
  const std::string raw{std::istreambuf_iterator<char>(file), {}};
  const auto message = parse_message(raw);
  if (message)
    for (const auto& attachment : message->attachments)
      if (attachment.name.find(part) != std::string::npos) return page_of(attachment);
  throw std::runtime_error(mail + " has no " + part);
}

std::vector<TrueSeal> true_seals(const std::string& file) {
  std::istringstream truth(scan_bytes("truth.txt"));
  std::vector<TrueSeal> seals;
  bool known = false;
  for (std::string line; std::getline(truth, line);) {
    std::istringstream words(line);
    std::string name, shape, ink;
    int page = 0;
    TrueSeal seal;
    words >> name >> page >> shape;
    if (name != file) continue;
    known = true;
    if (!(words >> ink >> seal.box.x >> seal.box.y >> seal.box.w >> seal.box.h)) continue;
    seal.file = name;
    seal.shape = shape_named(shape);
    seal.red = ink == "red";
    seals.push_back(seal);
  }
  if (!known) throw std::runtime_error("no truth for " + file);
  return seals;
}

}  // namespace dengji::test
