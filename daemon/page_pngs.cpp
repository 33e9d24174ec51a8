#include "daemon/page_pngs.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "ocr/marks.hpp"

namespace dengji {
namespace {

bool is_png(std::string_view bytes) { return bytes.starts_with("\x89PNG\r\n\x1a\n"); }

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace

void PngPile::add(const Page& page, const PageFacts& facts) {
  const auto picture = png_of(page.pixels, marks_of(facts), picture_shown);
  sizes_.resize(static_cast<std::size_t>(facts.page));
  sizes_.back() = picture.bytes.size();
  bytes_ += picture.bytes;
}

std::string PngPile::with(Json file) const {
  auto& pages = file["pages"];
  for (std::size_t i = 0; i < pages.size(); ++i)
    pages[i]["png"] = i < sizes_.size() ? sizes_[i] : 0;
  return dumped(file, -1) + '\0' + bytes_;
}

std::string png_name(int number, const std::string& file, std::size_t page) {
  constexpr std::size_t longest = 80;
  std::string name = std::filesystem::path(file).filename().string().substr(0, longest);
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  for (char& c : name)
    if (!plain(c)) c = '-';
  return std::to_string(number) + "-" + name + "-" + std::to_string(page) + ".png";
}

PngFolder::PngFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

void PngFolder::take(Json& line, std::string_view pictures) {
  ++files_;
  if (!line.contains("pages") || !line["pages"].is_array()) return;
  std::size_t number = 0;
  for (auto& page : line["pages"]) {
    ++number;
    if (!page.is_object()) continue;
    const auto size = page.contains("png") && page["png"].is_number_unsigned()
                          ? page["png"].get<std::size_t>()
                          : 0;
    const auto picture = pictures.substr(0, size);
    pictures.remove_prefix(picture.size());
    page["png"] = nullptr;
    if (picture.size() != size || !is_png(picture)) continue;
    const auto name = png_name(files_, line.value("file", ""), number);
    write(folder_ / name, picture);
    page["png"] = name;
  }
}

}  // namespace dengji
