#include "parsers/word_xml_names.hpp"

#include <string_view>
#include <unordered_map>

namespace dengji {
namespace {

using Names = std::unordered_map<std::string_view, WordTag>;

const Names& word_names() {
  using enum WordTag;
  static const Names names{
      {"document", root},
      {"wordDocument", root},
      {"hdr", header},
      {"ftr", header},
      {"p", paragraph},
      {"pPr", paragraph_properties},
      {"r", run},
      {"rPr", run_properties},
      {"t", text},
      {"tab", tab},
      {"ptab", tab},
      {"br", line_break},
      {"cr", line_break},
      {"noBreakHyphen", hyphen},
      {"sym", symbol},
      {"rFonts", fonts},
      {"vanish", vanish},
      {"strike", strike},
      {"dstrike", strike},
      {"del", deleted_mark},
      {"moveFrom", deleted_mark},
      {"tbl", table},
      {"tr", row},
      {"trPr", row_properties},
      {"tc", cell},
      {"gridBefore", grid_before},
      {"gridSpan", grid_span},
      {"vMerge", merge_down},
      {"vmerge", merge_down},
      {"hMerge", merge_across},
      {"hmerge", merge_across},
      {"txbxContent", text_box},
      {"sdt", content_control},
      {"sdtPr", control_properties},
      {"sdtContent", control_content},
      {"showingPlcHdr", placeholder},
      {"fldChar", field_mark},
      {"ffData", field_data},
      {"checkBox", field_box},
      {"ddList", field_list},
      {"result", field_result},
      {"default", field_default},
      {"listEntry", field_entry},
      {"checked", field_checked},
      {"instrText", skipped},
      {"delText", skipped},
      {"delInstrText", skipped},
      {"rt", skipped},
      {"pPrChange", skipped},
      {"rPrChange", skipped},
      {"tcPrChange", skipped},
      {"trPrChange", skipped},
      {"tblPrChange", skipped},
      {"tblPrExChange", skipped},
      {"sectPrChange", skipped},
      {"tblGridChange", skipped},
      {"tblGrid", skipped},
      {"glossaryDocument", skipped},
      {"docParts", skipped},
      {"footnotes", skipped},
      {"endnotes", skipped},
      {"comments", skipped},
      {"footnote", skipped},
      {"endnote", skipped},
      {"styles", skipped},
      {"numbering", skipped},
      {"lists", skipped},
      {"fonts", skipped},
      {"binData", skipped},
      {"docPr", skipped},
  };
  return names;
}

bool is_word(std::string_view space) {
  return space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
         space == "http://purl.oclc.org/ooxml/wordprocessingml/main" ||
         space == "http://schemas.microsoft.com/office/word/2003/wordml";
}

// An annotation of Word 2003 tells by its type what newer files tell by its name.
WordTag annotation(std::string_view type) {
  return type == "Word.Deletion" || type == "Word.Comment" ? WordTag::deleted_mark : WordTag::other;
}

WordTag foreign(const XmlElement& element) {
  const std::string_view space = element.space(), name = element.name();
  if (space == "http://schemas.microsoft.com/office/word/2010/wordml") {
    if (name == "checkbox") return WordTag::control_box;
    return name == "checked" ? WordTag::control_state : WordTag::other;
  }
  // What older programs shall show instead repeats what stands in the choice before it.
  if (space.ends_with("markup-compatibility/2006") && name == "Fallback") return WordTag::skipped;
  if (space == "http://schemas.microsoft.com/aml/2001/core" && name == "annotation") {
    return annotation(element.value("type"));
  }
  if (space.ends_with("2006/xmlPackage") && name == "package") return WordTag::root;
  if (space.ends_with("officeDocument/2006/math") && name == "t") return WordTag::text;
  return WordTag::other;
}

}  // namespace

WordTag word_tag(const XmlElement& element) {
  if (!is_word(element.space())) return foreign(element);
  const auto found = word_names().find(element.name());
  return found == word_names().end() ? WordTag::other : found->second;
}

}  // namespace dengji
