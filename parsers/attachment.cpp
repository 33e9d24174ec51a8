#include "parsers/attachment.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/digest.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t name_bytes = 255;
constexpr std::size_t extension_bytes = 24;  // five letters of full width, and some blanks
constexpr std::size_t stacked_extensions = 3;

struct TypeRow {
  FileType type;
  std::string_view word;
  bool document, picture, container;
};

constexpr std::array<TypeRow, 30> types{{
    {FileType::unknown, "unknown", false, false, false},
    {FileType::empty, "empty", false, false, false},
    {FileType::lock_file, "lock_file", false, false, false},
    {FileType::doc, "doc", true, false, false},
    {FileType::docx, "docx", true, false, false},
    {FileType::rtf, "rtf", true, false, false},
    {FileType::odt, "odt", true, false, false},
    {FileType::html, "html", true, false, false},
    {FileType::mht, "mht", true, false, false},
    {FileType::wordml, "wordml", true, false, false},
    {FileType::text, "text", true, false, false},
    {FileType::xls, "xls", true, false, false},
    {FileType::xlsx, "xlsx", true, false, false},
    {FileType::ole, "ole", false, false, false},
    {FileType::works, "works", true, false, false},
    {FileType::pdf, "pdf", true, true, false},
    {FileType::jpeg, "jpeg", false, true, false},
    {FileType::png, "png", false, true, false},
    {FileType::tiff, "tiff", false, true, false},
    {FileType::bmp, "bmp", false, true, false},
    {FileType::gif, "gif", false, true, false},
    {FileType::webp, "webp", false, true, false},
    {FileType::heic, "heic", false, true, false},
    {FileType::zip, "zip", false, false, true},
    {FileType::rar, "rar", false, false, true},
    {FileType::sevenzip, "7z", false, false, true},
    {FileType::gzip, "gzip", false, false, true},
    {FileType::tar, "tar", false, false, true},
    {FileType::message, "message", false, false, true},
    {FileType::tnef, "tnef", false, false, true},
}};

const TypeRow& row_of(FileType type) {
  const auto* row = std::find_if(types.begin(), types.end(),
                                 [type](const TypeRow& each) { return each.type == type; });
  return row == types.end() ? types.front() : *row;
}

constexpr std::array<std::string_view, 38> extensions{
    "doc",  "docx",  "docm", "dot", "wps", "wpt",  "rtf",  "odt",  "htm", "html",
    "mht",  "mhtml", "xml",  "txt", "xls", "xlsx", "xlsm", "xlsb", "et",  "pdf",
    "ofd",  "jpg",   "jpeg", "jpe", "png", "tif",  "tiff", "bmp",  "gif", "webp",
    "heic", "heif",  "zip",  "rar", "7z",  "dwg",  "eml",  "ppt"};

bool is_extension(std::string_view candidate) {
  if (candidate.size() > extension_bytes) return false;  // folding drops any number of signs
  const std::string lower = fold_name(candidate);
  return std::find(extensions.begin(), extensions.end(), lower) != extensions.end();
}

// The last component of a path of any system.
std::string_view last_component(std::string_view name) {
  while (!name.empty() && (name.back() == '/' || name.back() == '\\')) name.remove_suffix(1);
  const std::size_t slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x00AD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x061C || c == 0xFEFF;
}

// Cut between characters, the extension kept.
std::string shortened(std::string name) {
  if (name.size() <= name_bytes) return name;
  const std::size_t dot = name.rfind('.');
  const bool keep =
      dot != std::string::npos && is_extension(std::string_view(name).substr(dot + 1));
  const std::string extension = keep ? name.substr(dot) : "";
  std::size_t end = name_bytes - extension.size();
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end) + extension;
}

}  // namespace

std::string_view to_string(FileType type) { return row_of(type).word; }
bool is_document(FileType type) { return row_of(type).document; }
bool is_picture(FileType type) { return row_of(type).picture; }
bool is_container(FileType type) { return row_of(type).container; }

std::string clean_name(std::string_view utf8_name) {
  std::u32string text = code_points(utf8_name);
  std::erase_if(text, is_control);
  const std::string whole = trim(compose(from_code_points(text)));
  std::string name = trim(last_component(whole));
  if (name == "." || name == "..") name.clear();
  return shortened(std::move(name));
}

std::string stem(std::string_view name) {
  for (std::size_t i = 0; i < stacked_extensions; ++i) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || !is_extension(name.substr(dot + 1))) break;
    name = name.substr(0, dot);
  }
  return trim(name);
}

Attachment make_attachment(std::string name, std::string bytes) {
  Attachment attachment;
  attachment.name = clean_name(name);
  attachment.type = sniff(bytes);
  attachment.sha256 = sha256_hex(bytes);
  attachment.bytes = std::move(bytes);
  return attachment;
}

}  // namespace dengji
