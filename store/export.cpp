#include "store/export.hpp"

#include <nlohmann/json.hpp>

#include "store/database.hpp"

namespace dengji {

using Json = nlohmann::ordered_json;

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    cell += '\'';
  }
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return line + "\r\n";
}

void export_csv(Register& reg, const std::string& office, std::ostream& out) {
  out << "\xEF\xBB\xBF"
      << csv_line({"登记编号", "版本", "状态", "登记机构", "表格", "平台名称", "账号", "登记主体",
                   "证件号码", "更新时间", "登记内容"});
  reg.each_record(office, [&](const Known& one, const std::string& updated) {
    out << csv_line({one.number, std::to_string(one.version), std::string(to_string(one.status)),
                     one.office, one.form, one.platform, one.account_id, one.registrant_name,
                     one.id_number, updated, one.fields_json});
  });
}

void export_json(Register& reg, const std::string& office, std::ostream& out) {
  const char* before = "[\n";
  reg.each_record(office, [&](const Known& one, const std::string& updated) {
    Json fields = Json::parse(one.fields_json, nullptr, false);
    const Json record = {{"number", one.number},
                         {"version", one.version},
                         {"status", to_string(one.status)},
                         {"office", one.office},
                         {"form", one.form},
                         {"platform", one.platform},
                         {"account_id", one.account_id},
                         {"registrant_name", one.registrant_name},
                         {"id_number", one.id_number},
                         {"updated", updated},
                         {"fields", fields.is_discarded() ? Json(one.fields_json) : fields}};
    out << before << record.dump(-1, ' ', false, Json::error_handler_t::replace);
    before = ",\n";
  });
  out << (*before == '[' ? "[]\n" : "\n]\n");
}

std::vector<RollupRow> rollup(Database& database) {
  std::vector<RollupRow> rows;
  for (const ResultRow& row : database.query(
           "SELECT m.office, s.form, s.decision, COUNT(*) FROM submission s"
           " JOIN message m ON m.id = s.message WHERE s.superseded = 0"
           " GROUP BY m.office, s.form, s.decision ORDER BY m.office, s.form, s.decision")) {
    rows.push_back({row.text(0), row.text(1), row.text(2), row.number(3)});
  }
  return rows;
}

}  // namespace dengji
