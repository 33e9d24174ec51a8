// Reads every file of its arguments (files, or folders of them) as libFuzzer would, without
// libFuzzer. A broken promise aborts behind the file's name; no file at all is a failure too.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <vector>

namespace fs = std::filesystem;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::vector<fs::path> files_in(const fs::path& place) {
  if (!fs::is_directory(place)) return {place};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(place)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool replay(const fs::path& path) {
  std::cerr << path.string() << std::endl;
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
  // A block of exactly this size: what a vector or string keeps behind its end may be read.
  const std::unique_ptr<std::uint8_t[]> exact(new std::uint8_t[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), exact.get());
  LLVMFuzzerTestOneInput(exact.get(), bytes.size());
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t read = 0;
  for (int i = 1; i < count; ++i) {
    for (const fs::path& file : files_in(arguments[i])) {
      if (!replay(file)) {
        std::cerr << "cannot be read" << std::endl;
        return 1;
      }
      ++read;
    }
  }
  std::cerr << read << " files" << std::endl;
  return read == 0 ? 1 : 0;
}
