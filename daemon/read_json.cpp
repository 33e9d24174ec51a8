#include "daemon/read_json.hpp"

#include "daemon/form_json.hpp"
#include "parsers/container.hpp"
#include "parsers/document.hpp"
#include "parsers/header.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

Json error_json(std::string why) { return {{"error", std::move(why)}}; }

Json table_json(const Table& table);

Json cell_json(const Cell& cell) {
  Json json{{"text", cell.text},
            {"colspan", cell.colspan},
            {"rowspan", cell.rowspan},
            {"tables", Json::array()}};
  for (const Table& nested : cell.tables) json["tables"].push_back(table_json(nested));
  return json;
}

Json table_json(const Table& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json cells = Json::array();
    for (const Cell& cell : row) cells.push_back(cell_json(cell));
    rows.push_back(std::move(cells));
  }
  return {{"rows", std::move(rows)}};
}

std::string text_outside_tables(const Document& document) {
  std::string text;
  for (const std::string& margin : document.margins) text += margin + '\n';
  for (const Block& block : document.blocks)
    if (block.table.empty()) text += block.text + '\n';
  return text;
}

Json form_json(const Document& document, const FormSpecs& specs) {
  const auto form = read_form(document, specs);
  if (!form) return nullptr;
  return {{"form", to_string(form->kind)},
          {"action", to_string(form->action)},
          {"registrant", registrant_json(registrant_of(*form))},
          {"fields", fields_json_of(*form)}};
}

Json document_json(const Attachment& file, const FormSpecs& specs) {
  const auto document = read_document(file);
  if (!document) {
    const bool scan = file.type == FileType::pdf && document.reason().why == Why::empty;
    return error_json(scan ? "a PDF without text: a scan" : document.reason().detail);
  }
  Json json{{"kind", to_string(document->kind)}, {"tables", Json::array()}};
  for (const Block& block : document->blocks)
    for (const Table& table : block.table) json["tables"].push_back(table_json(table));
  json["text"] = text_outside_tables(*document);
  json["form"] = form_json(*document, specs);
  return json;
}

Json part_json(const Attachment& part) {
  Json json{{"name", part.name},
            {"type", to_string(part.type)},
            {"bytes", part.bytes.size()},
            {"sha256", part.sha256}};
  if (!part.declared_type.empty()) json["declared"] = part.declared_type;
  if (!part.container.empty()) json["container"] = part.container;
  if (!part.folder.empty()) json["folder"] = part.folder;
  if (part.problem) json["error"] = part.problem->detail;
  return json;
}

// What is inside a container; its own `problem` is set where it could not be opened whole.
std::vector<Attachment> open(Attachment& container) {
  auto members = unpack({container});
  if (!members.empty() && members.back().sha256 == container.sha256) {  // it stayed
    container.problem = members.back().problem;
    members.pop_back();
  }
  return members;
}

// Each part, and behind a container what is inside it.
Json message_json(std::string_view bytes) {
  auto leaves = message_leaves(bytes);
  if (!leaves) return error_json(leaves.reason().detail);
  Json parts = Json::array();
  for (Attachment& leaf : *leaves) {
    const auto members = is_container(leaf.type) ? open(leaf) : std::vector<Attachment>{};
    parts.push_back(part_json(leaf));
    for (const Attachment& member : members) parts.push_back(part_json(member));
  }
  return {{"kind", to_string(FileType::message)}, {"parts", std::move(parts)}};
}

Json container_json(Attachment file) {
  const auto members = open(file);
  if (members.empty() && file.problem) return error_json(file.problem->detail);
  Json json{{"kind", to_string(file.type)}, {"parts", Json::array()}};
  for (const Attachment& member : members) json["parts"].push_back(part_json(member));
  if (file.problem) json["error"] = file.problem->detail;
  return json;
}

// A message whose header says little is one by its name.
bool is_message(const Attachment& file) {
  const std::string name = lower_ascii(file.name);
  const bool plain = file.type == FileType::text || file.type == FileType::unknown;
  return file.type == FileType::message ||
         (plain && (name.ends_with(".eml") || name.ends_with(".msg")));
}

Json file_json(const Attachment& file, const FormSpecs& specs) {
  if (is_message(file)) return message_json(file.bytes);
  if (is_container(file.type)) return container_json(file);
  if (is_picture(file.type) && !is_document(file.type))
    return error_json("a picture (" + std::string(to_string(file.type)) + ")");
  return document_json(file, specs);
}

}  // namespace

std::string read_json(const std::string& name, std::string_view bytes, const FormSpecs& specs) {
  return dumped(file_json(make_attachment(name, std::string(bytes)), specs), -1);
}

}  // namespace dengji
