#include "parsers/document.hpp"

#include "parsers/document_builder.hpp"
#include "parsers/html.hpp"
#include "parsers/odt.hpp"
#include "parsers/ole.hpp"
#include "parsers/pdf_text.hpp"
#include "parsers/rtf.hpp"
#include "parsers/text.hpp"
#include "parsers/word_binary.hpp"
#include "parsers/word_xml.hpp"
#include "parsers/xls.hpp"
#include "parsers/xlsx.hpp"

namespace dengji {
namespace {

Unreadable unsupported(std::string detail) { return {Why::unsupported, std::move(detail)}; }

// A paragraph a line.
Result<Document> read_text(std::string_view bytes) {
  DocumentBuilder builder(FileType::text);
  const std::string utf8 = to_utf8(bytes);
  std::string_view rest = utf8;
  while (!rest.empty() && !builder.failed()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    builder.text(line);
    builder.end_paragraph();
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return builder.finish();
}

void collect(const Table& table, std::vector<const Table*>& into) {
  into.push_back(&table);
  for (const auto& row : table.rows) {
    for (const Cell& cell : row) {
      for (const Table& nested : cell.tables) collect(nested, into);
    }
  }
}

}  // namespace

Result<Document> read_document(const Attachment& attachment) {
  // Whatever is wanted of it: a password makes an OLE2 file of OOXML.
  if (Ole::is_ole(attachment.bytes)) {
    return attachment.type == FileType::xls ? read_xls(attachment.bytes)
                                            : read_word_binary(attachment.bytes);
  }
  switch (attachment.type) {
    case FileType::empty:
      return Unreadable{Why::empty, "no bytes"};
    case FileType::lock_file:
      return Unreadable{Why::empty, "a lock file that Word leaves beside an open document"};
    case FileType::docx:
      return read_docx(attachment.bytes);
    case FileType::html:
      return read_html_document(attachment.bytes);
    case FileType::mht:
      return read_mht(attachment.bytes);
    case FileType::odt:
      return read_odt(attachment.bytes);
    case FileType::text:
      return read_text(attachment.bytes);
    case FileType::pdf:
      return read_pdf(attachment.bytes);
    case FileType::rtf:
      return read_rtf(attachment.bytes);
    case FileType::wordml:
      return read_wordml(attachment.bytes);
    case FileType::xlsx:
      return read_xlsx(attachment.bytes);
    default:
      return unsupported("not a document that is read");
  }
}

std::vector<const Table*> all_tables(const Document& document) {
  std::vector<const Table*> tables;
  for (const Block& block : document.blocks) {
    for (const Table& table : block.table) collect(table, tables);
  }
  return tables;
}

std::string all_text(const Document& document) {
  std::string text;
  for (const std::string& margin : document.margins) text += margin + '\n';
  for (const Block& block : document.blocks) {
    if (block.table.empty()) text += block.text + '\n';
    for (const Table& table : block.table) {
      std::vector<const Table*> tables;
      collect(table, tables);
      for (const Table* each : tables) {
        for (const auto& row : each->rows) {
          for (const Cell& cell : row) text += cell.text + '\n';
        }
      }
    }
  }
  return text;
}

}  // namespace dengji
