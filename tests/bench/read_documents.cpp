// Reads documents in this one process, for tests/bench/documents.py: read_documents FILE... prints
// how many could be read.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "parsers/document.hpp"

int main(int count, char** words) {
  int read = 0;
  for (int i = 1; i < count; ++i) {
    std::ifstream file(words[i], std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "read_documents: cannot read %s\n", words[i]);
      return 2;
    }
    const auto attachment =
        dengji::make_attachment(words[i], {std::istreambuf_iterator<char>(file), {}});
    read += dengji::read_document(attachment) ? 1 : 0;
  }
  std::printf("%d\n", read);
  return 0;
}
