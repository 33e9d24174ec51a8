// attachment.hpp's sniff(): one function a family of formats. Sources: APPNOTE.TXT 4.3 for
// zip, ISO/IEC 14496-12 4.3 for the brands of HEIC.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/limits.hpp"
#include "parsers/little_endian.hpp"
#include "parsers/ole.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t head_bytes = 64 * limits::KiB;
constexpr std::size_t zip_directory_entries = 4096;

FileType sniff_ole(std::string_view file) {
  const Result<Ole> ole = Ole::open(file);
  // Where the directory is damaged or cut off, the text's own header may still be in its place.
  if (!ole) return le16(file, 512) == 0xA5EC ? FileType::doc : FileType::ole;
  const auto has = [&ole](std::string_view name) { return ole->has(name); };
  if (has("WordDocument")) return FileType::doc;
  if (has("Workbook") || has("Book")) return FileType::xls;
  if (has("EncryptedPackage")) return FileType::docx;  // [MS-OFFCRYPTO]: OOXML with a password
  if (has("MatOST") || has("MM") || (has("CONTENTS") && has("SPELLING"))) return FileType::works;
  return FileType::ole;
}

// ---- zip

std::vector<std::string_view> zip_central_names(std::string_view file) {
  const std::size_t end = file.rfind("PK\5\6");
  std::vector<std::string_view> names;
  if (end == std::string_view::npos) return names;
  std::size_t at = le32(file, end + 16);
  while (slice(file, at, 4) == "PK\1\2" && names.size() < zip_directory_entries) {
    names.push_back(slice(file, at + 46, le16(file, at + 28)));
    at += 46 + std::size_t{le16(file, at + 28)} + le16(file, at + 30) + le16(file, at + 32);
  }
  return names;
}

// For a file that lost its end: whatever local headers the first bytes show.
std::vector<std::string_view> zip_local_names(std::string_view head) {
  std::vector<std::string_view> names;
  for (std::size_t at = head.find("PK\3\4"); at != std::string_view::npos;
       at = head.find("PK\3\4", at + 4)) {
    names.push_back(slice(head, at + 30, le16(head, at + 26)));
    if (names.size() == zip_directory_entries) break;
  }
  return names;
}

FileType sniff_zip(std::string_view file) {
  constexpr std::string_view odt = "mimetypeapplication/vnd.oasis.opendocument.text";
  const std::string_view start = slice(file, 30, odt.size() + 1);
  if (start.starts_with(odt)) return start.ends_with('-') ? FileType::unknown : FileType::odt;
  if (start.starts_with("mimetypeapplication/")) return FileType::unknown;  // ods, odp, epub

  std::vector<std::string_view> names = zip_central_names(file);
  if (names.empty()) names = zip_local_names(file.substr(0, head_bytes));
  const auto has = [&names](std::string_view prefix) {
    return std::any_of(names.begin(), names.end(),
                       [prefix](std::string_view name) { return name.starts_with(prefix); });
  };
  if (!has("[Content_Types].xml") && !has("_rels/.rels")) {
    // The national OFD, and Apple's Pages before and since 2013.
    const bool document =
        has("OFD.xml") || has("Index/Document.iwa") || has("buildVersionHistory.plist");
    return document ? FileType::unknown : FileType::zip;
  }
  if (has("word/")) return FileType::docx;
  if (has("xl/")) return FileType::xlsx;
  return has("ppt/") || has("visio/") ? FileType::unknown : FileType::docx;
}

// ---- text formats: `head` is UTF-8, blanks before it off, lower case where ASCII

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_html(std::string_view head) {
  for (const std::string_view tag : {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv, "<meta"sv,
                                     "<table"sv, "<title"sv, "<style"sv, "<div"sv, "<p>"sv}) {
    if (head.starts_with(tag)) return true;
  }
  return head.starts_with("<!--") && contains(head, "<html");
}

// The header fields at the very start of a text, each as "name:"; none if it does not start so.
std::set<std::string> header_names(std::string_view head) {
  std::set<std::string> names;
  if (head.starts_with("from ")) head.remove_prefix(std::min(head.find('\n'), head.size() - 1) + 1);
  while (!head.empty() && head.front() != '\n') {
    const std::size_t end = std::min(head.find('\n'), head.size() - 1);
    const std::string_view line = head.substr(0, end);
    const std::size_t name = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_");
    const bool folded = line.starts_with(' ') || line.starts_with('\t');
    if (!folded) {
      if (name == 0 || name == std::string_view::npos || line[name] != ':') break;
      names.insert(std::string(line.substr(0, name)));
    }
    head.remove_prefix(end + 1);
  }
  return names;
}

std::optional<FileType> sniff_message(std::string_view head) {
  const std::set<std::string> names = header_names(head);
  const auto has = [&names](std::string_view name) { return names.contains(std::string(name)); };
  const bool travelled = has("received") || has("to") || has("return-path");
  const bool web_page = contains(head.substr(0, 4096), "multipart/related") ||
                        contains(head.substr(0, 4096), "content-type: text/html");
  if (has("mime-version") && !travelled && web_page) return FileType::mht;
  const auto known = std::count_if(names.begin(), names.end(), [](const std::string& name) {
    static const std::set<std::string> fields{
        "from",        "to",           "subject",      "date",     "message-id", "received",
        "return-path", "mime-version", "content-type", "reply-to", "sender"};
    return fields.contains(name);
  });
  if (known >= 3 && (has("from") || has("received"))) return FileType::message;
  return std::nullopt;
}

FileType sniff_xml(std::string_view head) {
  if (contains(head, "progid=\"word.document\"") || contains(head, "<w:worddocument")) {
    return FileType::wordml;
  }
  return contains(head, "<html") ? FileType::html : FileType::text;
}

// Neither a control character nor many that could not be decoded.
bool is_readable(std::string_view bytes, std::string_view decoded) {
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  const bool controls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' &&
            byte != 0x1A && byte != 0x1B) ||
           byte == 0x7F;
  });
  if (controls && !wide) return false;
  std::size_t unread = 0;
  for (const char32_t c : code_points(decoded)) unread += c == 0xFFFD ? 1 : 0;
  return unread * 50 <= decoded.size();
}

FileType sniff_text(std::string_view bytes) {
  const std::string_view raw = bytes.substr(0, head_bytes);
  const std::string text = to_utf8(raw);
  std::string head(text.substr(std::min(text.find_first_not_of(" \t\n"), text.size())));
  std::transform(head.begin(), head.end(), head.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (head.starts_with("{\\rtf")) return FileType::rtf;
  if (head.starts_with("<?xml") || head.starts_with("<w:worddocument")) return sniff_xml(head);
  if (is_html(head)) return FileType::html;
  if (const auto message = sniff_message(head)) return *message;
  return is_readable(raw, text) ? FileType::text : FileType::unknown;
}

// ---- magic numbers

struct Magic {
  std::string_view bytes;
  FileType type;
};
constexpr std::array<Magic, 13> magics{{{"\x89PNG\r\n\x1A\n"sv, FileType::png},
                                        {"\xFF\xD8\xFF"sv, FileType::jpeg},
                                        {"II*\0"sv, FileType::tiff},
                                        {"MM\0*"sv, FileType::tiff},
                                        {"II+\0"sv, FileType::tiff},
                                        {"MM\0+"sv, FileType::tiff},
                                        {"GIF87a"sv, FileType::gif},
                                        {"GIF89a"sv, FileType::gif},
                                        {"Rar!\x1A\x07"sv, FileType::rar},
                                        {"7z\xBC\xAF\x27\x1C"sv, FileType::sevenzip},
                                        {"\x1F\x8B\x08"sv, FileType::gzip},
                                        {"\x78\x9F\x3E\x22"sv, FileType::tnef},
                                        {"{\\rtf"sv, FileType::rtf}}};

bool is_heic(std::string_view bytes) {
  if (slice(bytes, 4, 4) != "ftyp") return false;
  constexpr std::array<std::string_view, 8> brands{"heic", "heix", "heim", "heis",
                                                   "hevc", "hevx", "mif1", "msf1"};
  return std::find(brands.begin(), brands.end(), slice(bytes, 8, 4)) != brands.end();
}

bool is_bmp(std::string_view bytes) {
  constexpr std::array<std::uint32_t, 7> headers{12, 40, 52, 56, 64, 108, 124};
  return bytes.starts_with("BM") &&
         std::find(headers.begin(), headers.end(), le32(bytes, 14)) != headers.end();
}

// Office's owner file: the user's name counted in bytes, then at 54 again in UTF-16 code units.
bool is_lock_file(std::string_view bytes) {
  if (bytes.size() != 162 && bytes.size() != 165) return false;
  const auto narrow = static_cast<unsigned char>(bytes[0]);
  const unsigned wide = le16(bytes, 54);
  return narrow >= 1 && narrow <= 53 && wide <= narrow;
}

}  // namespace

FileType sniff(std::string_view bytes) {
  if (bytes.empty()) return FileType::empty;
  if (is_lock_file(bytes)) return FileType::lock_file;
  for (const Magic& magic : magics) {
    if (bytes.starts_with(magic.bytes)) return magic.type;
  }
  if (Ole::is_ole(bytes)) return sniff_ole(bytes);
  if (bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6") ||
      bytes.starts_with("PK00PK\3\4")) {
    return sniff_zip(bytes);
  }
  if (slice(bytes, 0, 4) == "RIFF" && slice(bytes, 8, 4) == "WEBP") return FileType::webp;
  if (is_heic(bytes)) return FileType::heic;
  if (is_bmp(bytes)) return FileType::bmp;
  if (slice(bytes, 257, 5) == "ustar") return FileType::tar;
  if (contains(bytes.substr(0, 1024), "%PDF-")) return FileType::pdf;
  return sniff_text(bytes);
}

}  // namespace dengji
