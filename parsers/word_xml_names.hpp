// The element names of WordprocessingML that mean something to a reader of text and tables.
#pragma once
#include "parsers/xml.hpp"

namespace dengji {

enum class WordTag {
  other,
  skipped,  // with all that is in it
  root,     // w:document, w:wordDocument, pkg:package
  header,   // w:hdr, w:ftr
  paragraph,
  paragraph_properties,
  run,
  run_properties,
  text,
  tab,
  line_break,
  hyphen,
  symbol,
  fonts,
  vanish,
  strike,  // one line through the text or two
  deleted_mark,
  table,
  row,
  row_properties,
  cell,
  grid_before,
  grid_span,
  merge_down,
  merge_across,
  text_box,
  content_control,
  control_properties,
  control_content,
  placeholder,
  control_box,
  control_state,
  field_mark,
  field_data,
  field_box,
  field_list,
  field_result,
  field_default,
  field_entry,
  field_checked,
};

// By namespace and name, whatever prefix the file uses.
WordTag word_tag(const XmlElement& element);

}  // namespace dengji
