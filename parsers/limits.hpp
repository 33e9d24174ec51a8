// Every cap on foreign data, named. What is over a cap is refused with Why::over_limit and shown to
// staff as `attachment.hostile`; nothing is cut silently.
#pragma once
#include <cstddef>

namespace dengji::limits {

inline constexpr std::size_t KiB = 1024, MiB = 1024 * KiB;

// Messages: counted on the raw bytes before mimetic sees them (it is quadratic in header size and
// recursive in depth).
inline constexpr std::size_t message_bytes = 50 * MiB;
inline constexpr std::size_t header_bytes = 100 * KiB;      // one header field, folded lines joined
inline constexpr std::size_t header_block_bytes = 1 * MiB;  // all fields of one part
inline constexpr std::size_t header_count = 1000;
inline constexpr std::size_t mime_depth = 20;
inline constexpr std::size_t mime_parts = 200;
inline constexpr std::size_t attachments = 30;
inline constexpr std::size_t addresses = 100;
inline constexpr std::size_t received = 50;         // Received fields that are looked at
inline constexpr std::size_t authentications = 10;  // fields, and results in each

// Containers (zip, rar, 7z, tar): per outermost container.
inline constexpr std::size_t container_bytes_out = 100 * MiB;
inline constexpr std::size_t container_ratio = 100;  // applied above container_ratio_from
inline constexpr std::size_t container_ratio_from = 1 * MiB;
inline constexpr std::size_t container_depth = 2;
inline constexpr std::size_t container_members = 200;
inline constexpr std::size_t tnef_properties = 2000;  // of one attachment

// Documents.
inline constexpr std::size_t document_text_bytes = 4 * MiB;
inline constexpr std::size_t document_cells = 20'000;
inline constexpr std::size_t table_depth = 8;
inline constexpr std::size_t table_columns = 1000;
inline constexpr std::size_t text_boxes = 2000;          // of a Word 97 file
inline constexpr std::size_t modifier_bytes = 64 * MiB;  // of one, each as often as it is read
inline constexpr std::size_t xml_depth = 256;
inline constexpr std::size_t xml_attributes = 1000;           // of one element
inline constexpr std::size_t xml_namespaces = 1000;           // declared around one element
inline constexpr std::size_t html_name_bytes = 32 * KiB;      // of all different names together
inline constexpr std::size_t rtf_depth = 512;                 // groups within groups
inline constexpr std::size_t document_parts = 5000;           // members of a zip that is a document
inline constexpr std::size_t document_part_bytes = 32 * MiB;  // of those that are read, inflated
inline constexpr std::size_t sheets = 500;                    // of a workbook
inline constexpr std::size_t sheet_strings = 100'000;         // that its sheets share
inline constexpr std::size_t sheet_styles = 65'536;           // of cells, font and format
inline constexpr std::size_t sheet_merged_areas = 10'000;     // of one sheet
inline constexpr std::size_t pdf_content_bytes = 16 * MiB;    // of one page, inflated
inline constexpr std::size_t pdf_form_depth = 8;              // drawings within drawings
inline constexpr std::size_t pdf_states = 512;                // saved graphics states
inline constexpr std::size_t pdf_points = 1'000'000;          // of paths on one page
inline constexpr std::size_t pdf_lines = 20'000;              // straight ones on one page
inline constexpr std::size_t pdf_glyphs = 200'000;            // on one page
inline constexpr std::size_t pdf_grid_lines = 1000;           // after joining what is one line

// Forms: what is over is not looked at, and a form that needs it is none.
inline constexpr std::size_t form_pairs = 2'000;        // labels with their values
inline constexpr std::size_t inline_colons = 500;       // colons looked at in one text
inline constexpr std::size_t inline_label_length = 48;  // characters before a colon
inline constexpr std::size_t value_hints = 16;          // printed hints taken off one value
inline constexpr std::size_t guessed_labels = 500;      // cells held against all labels
inline constexpr std::size_t carried_cells = 64;        // cells merged down into one row

// Pictures.
inline constexpr std::size_t picture_pages = 20;           // TIFF frames, PDF pages
// One page, before decoding: as many as in what phones call 50 megapixels, 8192 x 6144.
inline constexpr std::size_t picture_pixels = 50 * MiB;
inline constexpr std::size_t picture_side = 12'000;
inline constexpr double pdf_page_points = 2000;     // a side, before rendering
inline constexpr std::size_t cells_on_page = 1000;  // between the rules of a scanned table
inline constexpr std::size_t text_parts = 30'000;   // connected parts of ink that lines are made of
inline constexpr std::size_t lines_on_page = 500;   // of print, the widest
inline constexpr std::size_t seal_guesses = 400;    // outlines that are measured, per look
inline constexpr std::size_t seals_on_page = 12;
inline constexpr std::size_t numbers_on_page = 20;  // places of identity numbers that are read anew
inline constexpr std::size_t seal_characters = 40;  // of a name that is looked for on a seal
inline constexpr std::size_t seal_rivals = 100;     // near names that a name is held against
inline constexpr int page_seconds = 20;             // CPU seconds of reading per page

// Packages of other registers, read a line at a time however many there are.
inline constexpr std::size_t package_line_bytes = 16 * MiB;  // one record with all its versions
inline constexpr std::size_t package_versions = 1000;        // of one record
inline constexpr std::size_t package_fields = 500;           // of one version
inline constexpr std::size_t package_conflicts = 500;        // that are listed; the rest is counted

}  // namespace dengji::limits
