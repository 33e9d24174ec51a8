// The pictures of `dengji see --png`: drawn in the confined child, which opens no file, and written
// by its parent. Their names hold letters and digits of the file's name and nothing else of it, so
// that none leaves the folder.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/form_json.hpp"
#include "ocr/evidence.hpp"
#include "ocr/page.hpp"
#include "parsers/limits.hpp"

namespace dengji {

// What the pages of one file may take: no PNG of picture_shown by as many pixels is larger.
inline constexpr std::size_t pngs_bytes = limits::picture_pages * 13 * limits::MiB;

// In the child: the pages of one file.
class PngPile {
 public:
  void add(const Page&, const PageFacts&);
  // The file's JSON, the size of each page's picture as its "png", NUL, the pictures.
  std::string with(Json file) const;

 private:
  std::vector<std::size_t> sizes_;  // 0 where a page has none
  std::string bytes_;
};

class PngFolder {
 public:
  // Makes the folder where it is not there. Throws std::filesystem::filesystem_error.
  explicit PngFolder(std::filesystem::path folder);
  // Writes the pictures of a line's "file" and puts their names in the place of their sizes; null
  // where a page has none, or its bytes are no PNG. Throws std::runtime_error where the disk fails.
  void take(Json& line, std::string_view pictures);

 private:
  std::filesystem::path folder_;
  int files_ = 0;
};

// "2-scan-jpg-1.png": of the second file that has pages its first.
std::string png_name(int number, const std::string& file, std::size_t page);

}  // namespace dengji
