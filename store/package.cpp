#include "store/package.hpp"

#include <nlohmann/json.hpp>

#include "store/database.hpp"
#include "store/export.hpp"
#include "store/secret.hpp"
#include "store/time.hpp"

namespace dengji {

namespace {

using Json = nlohmann::ordered_json;
using Words = std::map<std::string, std::string>;

std::string label_in(const Words& words, const std::string& word) {
  const auto found = words.find(word);
  return found == words.end() ? word : found->second;
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json heading_json(const Database& database, const PackageFilter& filter, Seconds made) {
  return {{"register", register_id(database)},
          {"office", filter.office},
          {"from", filter.from},
          {"to", filter.to},
          {"made", rfc3339(made)}};
}

Json totals_json(const PackageTotals& totals) {
  Json forms = Json::object();
  for (const auto& [form, statuses] : totals.forms)
    for (const auto& [status, count] : statuses)
      forms[form][std::string(to_string(status))] = count;
  return {{"records", totals.records}, {"forms", forms}};
}

Json version_json(const PackageVersion& version) {
  const Json fields = Json::parse(version.fields_json, nullptr, false);
  return {{"version", version.version},
          {"status", to_string(version.status)},
          {"at", rfc3339(version.at)},
          {"action", version.action},
          {"platform", version.platform},
          {"account_id", version.account_id},
          {"registrant",
           {{"name", version.registrant_name},
            {"class", version.registrant_class},
            {"id_type", version.id_type},
            {"id_number", version.id_number}}},
          {"fields", fields.is_object() ? fields : Json::object()}};
}

Json record_json(const PackageRecord& record) {
  Json versions = Json::array();
  for (const auto& version : record.versions) versions.push_back(version_json(version));
  return {{"number", record.number},
          {"office", record.office},
          {"form", record.form},
          {"versions", std::move(versions)}};
}

std::string csv_of(const PackageRecord& record, const PackageLabels& labels) {
  const PackageVersion& now = record.newest();
  return csv_line({record.number, std::to_string(now.version), std::string(to_string(now.status)),
                   record.office, record.form, now.platform, now.account_id, now.registrant_name,
                   now.id_number, rfc3339(now.at), now.fields_json,
                   label_in(labels.offices, record.office), now.registrant_class, now.id_type,
                   rfc3339(record.versions.front().at)});
}

}  // namespace

void PackageTotals::add(const PackageRecord& record) {
  ++records;
  ++forms[record.form][record.newest().status];
  ++offices[record.office][record.form];
  ++classes[record.newest().registrant_class];
}

std::string register_id(const Database& database) {
  return hmac_hex(database.secret("register-id"), "register").substr(0, 16);
}

PackageTotals write_csv_package(Database& database, const PackageFilter& filter,
                                const PackageLabels& labels, Seconds made, std::ostream& out) {
  PackageTotals totals;
  out << "\xEF\xBB\xBF"
      << csv_line({"登记编号", "版本", "状态", "登记机构", "表格", "平台名称", "账号", "登记主体",
                   "证件号码", "更新时间", "登记内容", "登记机构名称", "主体类别", "证件类型",
                   "登记时间"});
  each_package_record(database, filter, [&](const PackageRecord& record) {
    totals.add(record);
    out << csv_of(record, labels);
  });
  Json summary = heading_json(database, filter, made);
  summary.update(totals_json(totals));
  std::vector<std::string> last(15);
  last[0] = "合计";
  last[1] = std::to_string(totals.records);
  last[3] = filter.office;
  last[9] = rfc3339(made);
  last[10] = summary.dump();
  last[11] = label_in(labels.offices, filter.office);
  out << csv_line(last);
  return totals;
}

PackageTotals write_json_package(Database& database, const PackageFilter& filter, Seconds made,
                                 std::ostream& out) {
  PackageTotals totals;
  out << line_of({{"dengji-package", 1}, {"of", heading_json(database, filter, made)}});
  each_package_record(database, filter, [&](const PackageRecord& record) {
    totals.add(record);
    out << line_of(record_json(record));
  });
  out << line_of({{"totals", totals_json(totals)}});
  return totals;
}

std::string status_label(RecordStatus status) {
  static const Words words = {{"active", "有效"}, {"suspended", "停用"}, {"cancelled", "注销"}};
  return words.at(std::string(to_string(status)));
}

std::string class_label(const std::string& word) {
  static const Words words = {{"government", "机关、事业单位、人民团体"},
                              {"organisation", "企业、社会组织"},
                              {"individual", "个人"}};
  return label_in(words, word);
}

std::string id_type_label(const std::string& word) {
  static const Words words = {{"uscc", "统一社会信用代码"},
                              {"orgcode", "组织机构代码"},
                              {"licence", "营业执照注册号"},
                              {"citizen", "公民身份号码"}};
  return label_in(words, word);
}

std::map<std::string, std::string> fields_of(const std::string& fields_json) {
  std::map<std::string, std::string> fields;
  const Json json = Json::parse(fields_json, nullptr, false);
  if (!json.is_object()) return fields;
  for (const auto& [key, value] : json.items())
    fields[key] = value.is_string() ? value.get<std::string>()
                                    : value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return fields;
}

}  // namespace dengji
