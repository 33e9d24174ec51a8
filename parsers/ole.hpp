// A compound file ([MS-CFB], "OLE2"): named streams in sectors chained by a table. Holds a view of
// the bytes, which must outlive it. Every chain is followed at most as many steps as there are
// sectors.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/result.hpp"

namespace dengji {

class Ole {
 public:
  static bool is_ole(std::string_view bytes);
  static Result<Ole> open(std::string_view bytes);

  // The root's own children only: embedded objects have streams of the same names. Case (ASCII)
  // does not count. A stream whose chain is short comes out short.
  bool has(std::string_view name) const;
  std::optional<std::string> stream(std::string_view name) const;

 private:
  struct Entry {
    std::uint32_t start = 0, size = 0;
  };
  Ole() = default;
  void read_table();
  void read_directory(std::uint32_t start);
  void add_children(std::string_view directory, std::uint32_t first);
  std::string_view sector(std::uint32_t number) const;
  std::string chain(std::uint32_t start, std::size_t size) const;
  std::string small_chain(std::uint32_t start, std::size_t size) const;

  std::string_view bytes_;
  std::size_t sector_size_ = 512, sectors_ = 0;
  std::uint32_t small_limit_ = 4096;
  std::vector<std::uint32_t> next_, small_next_;
  std::string small_sectors_;
  std::map<std::string, Entry> entries_;  // by lower-case name
};

}  // namespace dengji
