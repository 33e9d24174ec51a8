#include "daemon/slurp.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>

#include "parsers/limits.hpp"

namespace dengji {

std::optional<std::string> slurp(const std::string& file) {
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  std::istream& in = file == "-" ? std::cin : opened;
  if (!in) return std::nullopt;
  std::string bytes;
  std::array<char, 65536> piece{};
  while (in && bytes.size() <= limits::message_bytes) {
    in.read(piece.data(), piece.size());
    bytes.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return std::nullopt;
  bytes.resize(std::min(bytes.size(), limits::message_bytes + 1));
  return bytes;
}

}  // namespace dengji
