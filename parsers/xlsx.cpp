#include "parsers/xlsx.hpp"

#include <string>
#include <utility>

#include "parsers/document_builder.hpp"
#include "parsers/xlsx_parts.hpp"
#include "parsers/xlsx_sheet.hpp"
#include "parsers/zip_parts.hpp"

namespace dengji {
namespace {

constexpr const char* workbook_part = "xl/workbook.xml";

bool is_needed(std::string_view name) {
  const auto in = [name](std::string_view folder) { return name.starts_with(folder); };
  return name == workbook_part || name == "xl/sharedstrings.xml" || name == "xl/styles.xml" ||
         name == "xl/workbook.bin" || in("xl/_rels/") || in("xl/worksheets/") ||
         in("xl/drawings/drawing");
}

// Each part is read once, however many others name it.
std::string take_part(ZipParts& parts, const std::string& name) {
  const auto found = parts.extract(name);
  return found ? std::move(found.mapped()) : "";
}

XlsxRelations relations_of(ZipParts& parts, const std::string& name) {
  const std::size_t slash = name.rfind('/');
  const std::string folder = slash == name.npos ? "" : name.substr(0, slash);
  const std::string file = slash == name.npos ? name : name.substr(slash + 1);
  return read_relations(take_part(parts, folder + "/_rels/" + file + ".rels"), folder);
}

std::optional<Unreadable> read_shared(ZipParts& parts, XlsxBook& book) {
  if (auto problem = read_workbook_part(take_part(parts, workbook_part), book)) return problem;
  const std::string strings = take_part(parts, "xl/sharedstrings.xml");
  const std::string styles = take_part(parts, "xl/styles.xml");
  if (!strings.empty()) {
    if (auto problem = read_shared_strings(strings, book.shared)) return problem;
  }
  if (!styles.empty()) return read_styles(styles, book.shared);
  return std::nullopt;
}

std::optional<Unreadable> read_sheet(ZipParts& parts, const std::string& name, const Workbook& book,
                                     DocumentBuilder& builder) {
  const std::string xml = take_part(parts, name);
  if (xml.empty()) return Unreadable{Why::damaged, "workbook without the sheet " + name};
  if (auto problem = read_worksheet(xml, book, builder)) return problem;
  for (const auto& [id, relation] : relations_of(parts, name)) {
    if (relation.type != "drawing") continue;
    const std::string drawing = take_part(parts, relation.part);
    if (drawing.empty()) continue;
    if (auto problem = read_drawing(drawing, builder)) return problem;
  }
  return std::nullopt;
}

}  // namespace

Result<Document> read_xlsx(std::string_view bytes) {
  Result<ZipParts> parts = read_zip_parts(bytes, is_needed);
  if (!parts) return parts.reason();
  if (parts->contains("xl/workbook.bin")) return Unreadable{Why::unsupported, "binary workbook"};
  if (!parts->contains(workbook_part)) return Unreadable{Why::damaged, "OOXML without a workbook"};
  XlsxBook book;
  if (auto problem = read_shared(*parts, book)) return *problem;
  const XlsxRelations relations = relations_of(*parts, workbook_part);
  DocumentBuilder builder(FileType::xlsx);
  for (const std::string& sheet : book.sheets) {
    const auto found = relations.find(sheet);
    if (found == relations.end() || found->second.type != "worksheet") continue;
    if (auto problem = read_sheet(*parts, found->second.part, book.shared, builder)) {
      if (!builder.failed()) return *problem;
    }
    if (builder.failed()) break;
  }
  return builder.finish();
}

}  // namespace dengji
