#include "store/package_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "parsers/limits.hpp"
#include "store/time.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

using Json = nlohmann::json;
using Words = std::set<std::string>;

constexpr int deepest = 5;  // line, versions, version, fields, value

struct Misshapen {  // what() of a line that is no record; never leaves this file
  std::string what;
};

// None where it is no JSON or nested deeper than any line is.
std::optional<Json> parsed(const std::string& text) {
  bool deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    deep = deep || depth > deepest;
    return depth <= deepest;
  };
  Json json = Json::parse(text, watch, false);
  if (deep || !json.is_object()) return std::nullopt;
  return json;
}

const Json& member(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) throw Misshapen{std::string(key) + " is missing"};
  return *found;
}

std::string text(const Json& json, const char* key) {
  const Json& value = member(json, key);
  if (!value.is_string()) throw Misshapen{std::string(key) + " is no text"};
  return value.get<std::string>();
}

std::string word(const Json& json, const char* key, const Words& known) {
  auto value = text(json, key);
  if (!known.contains(value)) throw Misshapen{"there is no " + std::string(key) + " " + value};
  return value;
}

const Json& object(const Json& json, const char* key) {
  const Json& value = member(json, key);
  if (!value.is_object()) throw Misshapen{std::string(key) + " is no object"};
  return value;
}

std::string fields_text(const Json& fields) {
  if (fields.size() > limits::package_fields) throw Misshapen{"too many fields"};
  for (const auto& [key, value] : fields.items())
    if (!value.is_string()) throw Misshapen{"the field " + key + " is no text"};
  return fields.dump();
}

PackageVersion version_of(const Json& json, int expected) {
  static const Words statuses = {"active", "suspended", "cancelled"};
  static const Words actions = {"new", "change", "suspend", "cancel"};
  static const Words classes = {"government", "organisation", "individual"};
  static const Words id_types = {"", "uscc", "orgcode", "licence", "citizen"};
  if (!json.is_object()) throw Misshapen{"a version is no object"};
  PackageVersion version;
  if (member(json, "version") != expected) throw Misshapen{"versions are not in order"};
  version.version = expected;
  version.status = record_status_from(word(json, "status", statuses));
  const auto at = seconds_of(text(json, "at"));
  if (!at || *at < 0) throw Misshapen{"at is no time"};
  version.at = *at;
  version.action = word(json, "action", actions);
  version.platform = text(json, "platform");
  if (version.platform.empty()) throw Misshapen{"platform is empty"};
  version.account_id = text(json, "account_id");
  const Json& registrant = object(json, "registrant");
  version.registrant_name = text(registrant, "name");
  version.registrant_class = word(registrant, "class", classes);
  version.id_type = word(registrant, "id_type", id_types);
  version.id_number = text(registrant, "id_number");
  version.fields_json = fields_text(object(json, "fields"));
  return version;
}

PackageRecord record_of(const Json& json) {
  static const Words forms = {"website", "account", "forum"};
  PackageRecord record{text(json, "number"), text(json, "office"), word(json, "form", forms), {}};
  const Json& versions = member(json, "versions");
  if (!versions.is_array() || versions.empty()) throw Misshapen{"versions is empty"};
  if (versions.size() > limits::package_versions) throw Misshapen{"too many versions"};
  for (const Json& version : versions)
    record.versions.push_back(version_of(version, static_cast<int>(record.versions.size()) + 1));
  return record;
}

PackageHeading heading_of(const Json& json) {
  if (member(json, "dengji-package") != 1) throw Misshapen{"a package of another version"};
  const Json& of = object(json, "of");
  PackageHeading heading{text(of, "register"), text(of, "office"), text(of, "from"), text(of, "to"),
                         text(of, "made")};
  const auto& id = heading.register_id;
  if (id.size() != 16 || id.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw Misshapen{"register is no register's id"};
  return heading;
}

bool same_totals(const Json& json, const PackageTotals& read) {
  Json forms = Json::object();
  for (const auto& [form, statuses] : read.forms)
    for (const auto& [status, count] : statuses)
      forms[form][std::string(to_string(status))] = count;
  return member(json, "records") == read.records && object(json, "forms") == forms;
}

}  // namespace

PackageReader::PackageReader(std::istream& in) : in_(in), buffer_(limits::package_line_bytes) {}

Unreadable PackageReader::wrong(const std::string& what) const {
  return {Why::damaged, "line " + std::to_string(line_) + ": " + what};
}

Result<std::string> PackageReader::line() {
  ++line_;
  in_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  if (in_.eof()) return wrong("the package ends without its totals: it is cut off");
  if (in_.fail()) return Unreadable{Why::over_limit, wrong("too long").detail};
  return std::string(buffer_.data(), static_cast<std::size_t>(in_.gcount()) - 1);
}

Result<PackageHeading> PackageReader::heading() {
  const auto text = line();
  if (!text) return text.reason();
  try {
    const auto json = parsed(*text);
    if (!json) return wrong("no package of dengji; `dengji export --format json` makes one");
    return heading_of(*json);
  } catch (const Misshapen& error) {
    return wrong(error.what);
  }
}

Result<std::optional<PackageRecord>> PackageReader::next() {
  const auto text = line();
  if (!text) return text.reason();
  try {
    const auto json = parsed(*text);
    if (!json) return wrong("no JSON of a record");
    if (json->contains("totals")) {
      if (!same_totals(object(*json, "totals"), read_)) return wrong("the totals do not agree");
      if (in_.peek() != std::istream::traits_type::eof()) return wrong("more behind the totals");
      return std::optional<PackageRecord>();
    }
    auto record = record_of(*json);
    read_.add(record);
    return std::optional<PackageRecord>(std::move(record));
  } catch (const Misshapen& error) {
    return wrong(error.what);
  }
}

}  // namespace dengji
