#include "parsers/pdf_text.hpp"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/document_builder.hpp"
#include "parsers/glyph_text.hpp"
#include "parsers/limits.hpp"
#include "parsers/pdf_lines.hpp"
#include "parsers/ruled_grid.hpp"
#include "parsers/symbols.hpp"

namespace dengji {
namespace {

using Pdf = std::unique_ptr<poppler::document>;

std::vector<char32_t> code_points_of(const poppler::ustring& text) {
  std::vector<char32_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t unit = text[i];
    const bool pair = unit >= 0xD800 && unit <= 0xDBFF && i + 1 < text.size();
    out.push_back(pair ? 0x10000 + ((unit - 0xD800) << 10) + (text[++i] - 0xDC00u) : unit);
  }
  return out;
}

// "ABCDEF+Wingdings2-Regular" names the font "Wingdings 2".
std::string_view symbol_font_of(std::string_view name) {
  if (name.find("Wingdings2") != name.npos || name.find("Wingdings-2") != name.npos) {
    return "Wingdings 2";
  }
  if (name.find("Wingdings") != name.npos) return "Wingdings";
  return name.find("Webdings") != name.npos ? "Webdings" : "";
}

char32_t shown_as(char32_t c, std::string_view symbol_font) {
  const bool coded = c > 0x20 && (c <= 0xFF || (c >= 0xF000 && c <= 0xF0FF));
  return !symbol_font.empty() && coded ? symbol(symbol_font, c) : c;
}

void add_word(const poppler::text_box& word, std::vector<PrintedGlyph>& glyphs) {
  const poppler::rectf whole = word.bbox();
  const std::string font = word.has_font_info() ? word.get_font_name() : "";
  const std::string_view symbols = symbol_font_of(font);
  const std::vector<char32_t> text = code_points_of(word.text());
  for (std::size_t i = 0; i < text.size(); ++i) {
    poppler::rectf box = word.char_bbox(i);
    if (box.is_empty()) box = whole;
    const char32_t shown = shown_as(text[i], symbols);
    if (shown <= 0x20) continue;
    glyphs.push_back({shown, {box.left(), box.top(), box.right(), box.bottom()}});
  }
}

using Spot = RuledTable::Spot;

// A table of the page with what lies in it.
struct Placed {
  RuledTable ruled;
  std::vector<std::vector<std::vector<PrintedGlyph>>> glyphs;  // by row and cell
  std::optional<std::size_t> outer;  // number of the table it is nested in
  Spot spot;                         // where in that
};

constexpr double anywhere = 1e12;  // points, or square points: more than a page has

class PageText {
 public:
  explicit PageText(std::vector<RuledTable> tables);
  void take(const std::vector<PrintedGlyph>& glyphs);
  void write(DocumentBuilder& builder);

 private:
  struct Found {
    std::size_t table;
    Spot spot;
  };
  // The smallest cell around a point that is larger than `area`.
  std::optional<Found> find(double x, double y, double area) const;
  void nest();
  void write_table(std::size_t number, DocumentBuilder& builder, std::size_t depth);

  std::vector<Placed> tables_;
  std::vector<PrintedGlyph> outside_;
};

// A frame around the page or around a table is none.
bool is_frame(const RuledTable& table, const std::vector<RuledTable>& all) {
  if (table.rows().size() != 1 || table.columns() != 1) return false;
  const Rectangle frame = table.box();
  return std::any_of(all.begin(), all.end(), [&frame](const RuledTable& other) {
    const Rectangle box = other.box();
    return box.area() < frame.area() && frame.holds(box.left, box.top);
  });
}

PageText::PageText(std::vector<RuledTable> tables) {
  for (const RuledTable& table : tables) {
    if (is_frame(table, tables)) continue;
    Placed& placed = tables_.emplace_back(Placed{table, {}, {}, {}});
    for (const auto& row : table.rows()) placed.glyphs.emplace_back(row.size());
  }
  nest();
}

std::optional<PageText::Found> PageText::find(double x, double y, double area) const {
  std::optional<Found> best;
  double smallest = anywhere;
  for (std::size_t number = 0; number < tables_.size(); ++number) {
    const auto spot = tables_[number].ruled.cell_at(x, y);
    if (!spot) continue;
    const double size = tables_[number].ruled.at(*spot).box.area();
    if (size <= area || size >= smallest) continue;
    smallest = size;
    best = Found{number, *spot};
  }
  return best;
}

void PageText::nest() {
  for (Placed& placed : tables_) {
    const Rectangle box = placed.ruled.box();
    const double x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    // No cell of its own is larger than itself.
    const auto found = find(x, y, box.area());
    if (!found) continue;
    placed.outer = found->table;
    placed.spot = found->spot;
  }
}

void PageText::take(const std::vector<PrintedGlyph>& glyphs) {
  for (const PrintedGlyph& glyph : glyphs) {
    const auto found = find(glyph.middle_x(), glyph.middle_y(), 0);
    auto& place =
        found ? tables_[found->table].glyphs[found->spot.row][found->spot.cell] : outside_;
    place.push_back(glyph);
  }
}

void PageText::write(DocumentBuilder& builder) {
  const std::vector<PrintedLine> lines = lines_of(std::move(outside_));
  std::size_t next = 0;
  const auto write_lines_above = [&](double y) {
    for (; next < lines.size() && lines[next].box.top < y; ++next) {
      builder.text(lines[next].text);
      builder.end_paragraph();
    }
  };
  for (std::size_t number = 0; number < tables_.size(); ++number) {
    if (tables_[number].outer) continue;
    write_lines_above(tables_[number].ruled.box().top);
    write_table(number, builder, 0);
  }
  write_lines_above(anywhere);
}

void PageText::write_table(std::size_t number, DocumentBuilder& builder, std::size_t depth) {
  if (depth >= limits::table_depth) return builder.refuse();
  Placed& table = tables_[number];
  builder.begin_table();
  for (std::size_t row = 0; row < table.glyphs.size(); ++row) {
    builder.begin_row();
    for (std::size_t cell = 0; cell < table.glyphs[row].size(); ++cell) {
      const RuledCell& ruled = table.ruled.at({row, cell});
      builder.begin_cell();
      builder.text(cell_text(std::move(table.glyphs[row][cell]), ruled.box));
      builder.end_paragraph();
      for (std::size_t inner = 0; inner < tables_.size(); ++inner) {
        const Placed& other = tables_[inner];
        const bool here = other.spot.row == row && other.spot.cell == cell;
        if (other.outer == number && here) write_table(inner, builder, depth + 1);
      }
      CellPlace place;
      place.rowspan = ruled.rowspan;
      place.edges.emplace(ruled.column, ruled.column + ruled.colspan);
      builder.end_cell(place);
    }
    builder.end_row();
  }
  builder.end_table();
}

std::optional<Unreadable> read_page(const poppler::page& page, PageDrawing drawing,
                                    DocumentBuilder& builder) {
  const poppler::rectf size = page.page_rect();
  if (size.width() > limits::pdf_page_points || size.height() > limits::pdf_page_points) {
    return Unreadable{Why::over_limit, "PDF page too large"};
  }
  std::vector<PrintedGlyph> glyphs;
  for (const poppler::text_box& word : page.text_list(poppler::page::text_list_include_font)) {
    add_word(word, glyphs);
    if (glyphs.size() > limits::pdf_glyphs) {
      return Unreadable{Why::over_limit, "PDF page with too much text"};
    }
  }
  auto tables = find_tables(std::move(drawing.lines));
  if (!tables) return Unreadable{Why::over_limit, "PDF page with too many lines"};
  PageText text(std::move(*tables));
  text.take(glyphs);
  text.write(builder);
  return std::nullopt;
}

Result<Pdf> open_pdf(std::string_view bytes) {
  if (bytes.size() > INT_MAX) return Unreadable{Why::over_limit, "PDF too large"};
  // Poppler tells of every broken object; what matters comes back as a reason.
  static const bool silent = [] {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    return true;
  }();
  static_cast<void>(silent);
  Pdf pdf(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!pdf) return Unreadable{Why::damaged, "PDF cannot be opened"};
  if (pdf->is_locked()) return Unreadable{Why::encrypted, "PDF with a password"};
  if (static_cast<std::size_t>(std::max(0, pdf->pages())) > limits::picture_pages) {
    return Unreadable{Why::over_limit, "PDF with too many pages"};
  }
  return pdf;
}

}  // namespace

Result<Document> read_pdf(std::string_view bytes) {
  const Result<Pdf> pdf = open_pdf(bytes);
  if (!pdf) return pdf.reason();
  const auto drawings = PdfDrawings::open(bytes);
  if (!drawings) return drawings.reason();
  DocumentBuilder builder(FileType::pdf);
  bool any_text = false;
  for (int number = 0; number < (*pdf)->pages() && !builder.failed(); ++number) {
    auto drawing = drawings->page(static_cast<std::size_t>(number));
    if (!drawing) return drawing.reason();
    if (!drawing->shows_text) continue;
    const std::unique_ptr<poppler::page> page((*pdf)->create_page(number));
    if (!page) return Unreadable{Why::damaged, "PDF page cannot be opened"};
    any_text = true;
    if (auto problem = read_page(*page, std::move(*drawing), builder)) return *problem;
  }
  if (!any_text) return Unreadable{Why::empty, "PDF without a text layer"};
  return builder.finish();
}

}  // namespace dengji
