// Small files made in memory, for tests of what recognises and opens them.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace dengji {

// An OLE2 file ([MS-CFB]) whose root storage has these (empty) streams, three at most.
std::string ole_file(const std::vector<std::string>& streams);

struct ZipEntry {
  std::string name, content;
  bool utf8 = false;       // general purpose bit 11
  bool encrypted = false;  // bit 0 alone: what a reader decides by
};
std::string zip_file(const std::vector<ZipEntry>& entries);  // stored, not deflated

// The file under tests/data/parsers/.
std::string test_data(const std::string& name);

}  // namespace dengji
