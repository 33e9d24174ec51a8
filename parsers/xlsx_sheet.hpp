// The parts of an Excel 2007+ workbook that show something: a worksheet (18.3) and the drawing
// above it (20.5), of which only text counts.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/document_builder.hpp"
#include "parsers/result.hpp"
#include "parsers/worksheet.hpp"
#include "parsers/workbook.hpp"

namespace dengji {

std::optional<Unreadable> read_worksheet(std::string_view xml, const Workbook& book,
                                         DocumentBuilder& builder);
std::optional<Unreadable> read_drawing(std::string_view xml, DocumentBuilder& builder);

// "AB12" as a place; none where it is none.
std::optional<SheetPlace> place_of(std::string_view reference);

}  // namespace dengji
