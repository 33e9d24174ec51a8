// A directory of its own for one test, removed with all that is in it.
#pragma once
#include <filesystem>
#include <string>

namespace dengji::test {

class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path&);
void write_file(const std::filesystem::path&, const std::string& bytes);

}  // namespace dengji::test
