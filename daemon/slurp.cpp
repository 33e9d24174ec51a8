#include "daemon/slurp.hpp"

#include <fstream>
#include <iostream>

#include "parsers/limits.hpp"

namespace dengji {

std::optional<std::string> slurp(const std::string& file) {
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  std::istream& in = file == "-" ? std::cin : opened;
  if (!in) return std::nullopt;
  std::string bytes(limits::message_bytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace dengji
