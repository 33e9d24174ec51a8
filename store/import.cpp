#include "store/import.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "parsers/limits.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/filing.hpp"
#include "store/search.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

struct Number {  // SQ2018-00017: of SQ, 2018, 17
  std::string year;
  std::int64_t serial = 0;
};

std::optional<Number> number_of(const std::string& text, const std::string& prefix) {
  constexpr std::size_t year_digits = 4;
  const std::size_t dash = prefix.size() + year_digits;
  if (!text.starts_with(prefix) || text.size() < dash + 2 || text[dash] != '-') return std::nullopt;
  Number number{text.substr(prefix.size(), year_digits), 0};
  if (number.year.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + dash + 1, end, number.serial);
  if (error != std::errc() || stop != end || number.serial < 1) return std::nullopt;
  if (text != receipt_number(prefix, number.year, number.serial)) return std::nullopt;
  return number;
}

bool same_content(const PackageVersion& a, const PackageVersion& b) {
  return a.status == b.status && a.action == b.action && a.platform == b.platform &&
         a.account_id == b.account_id && a.registrant_name == b.registrant_name &&
         a.registrant_class == b.registrant_class && a.id_type == b.id_type &&
         a.id_number == b.id_number && fields_of(a.fields_json) == fields_of(b.fields_json);
}

bool same_holder(const Known& known, const PackageVersion& version) {
  if (!known.id_number.empty() && known.id_number == version.id_number) return true;
  return key_of(known.registrant_name) == key_of(version.registrant_name);
}

// One holder may have accounts of one name on several platforms.
bool same_account(const Known& known, const PackageVersion& version) {
  return known.account_id.empty() || version.account_id.empty() ||
         key_of(known.account_id) == key_of(version.account_id);
}

SettledSubmission submission_of(const PackageRecord& record, const PackageVersion& version) {
  SettledSubmission one;
  one.platform = version.platform;
  one.form = record.form;
  one.action = version.action;
  one.registrant_name = version.registrant_name;
  one.registrant_class = version.registrant_class;
  one.id_type = version.id_type;
  one.id_number = version.id_number;
  one.account_id = version.account_id;
  one.fields_json = version.fields_json;
  one.facts_json = "{}";
  one.decision = Decision::accept;
  one.change = version.version == 1 ? RecordChange::create : RecordChange::append;
  one.status = version.status;
  return one;
}

class Import {
 public:
  Import(Database& database, const std::vector<std::pair<std::string, std::string>>& prefixes,
         std::string actor, Seconds now)
      : database_(database),
        records_(database, prefixes),
        prefixes_(prefixes),
        actor_(std::move(actor)),
        now_(now) {}

  void begin(const PackageHeading& heading) { done_.from = heading; }

  void take(const PackageRecord& record) {
    const auto ours = package_record(database_, record.number);
    const std::string why = ours ? difference(*ours, record) : obstacle(record);
    if (!why.empty()) return leave_out(record, why);
    const std::size_t held = ours ? ours->versions.size() : 0;
    if (held >= record.versions.size()) {
      ++done_.same;
      return;
    }
    for (std::size_t i = held; i < record.versions.size(); ++i) add(record, record.versions[i]);
    ++(ours ? done_.updated : done_.added);
  }

  Imported end() {
    append_audit(
        database_,
        {now_, actor_, "import", 0,
         "package of register " + done_.from.register_id + ": " + std::to_string(done_.added) +
             " new, " + std::to_string(done_.updated) + " updated, " + std::to_string(done_.same) +
             " same, " + std::to_string(done_.conflicts) + " conflicts"});
    return done_;
  }

 private:
  // Why a record that is here already cannot be what the package says; "" if its versions continue
  // ours, or ours continue them.
  std::string difference(const PackageRecord& ours, const PackageRecord& theirs) {
    if (ours.office != theirs.office || ours.form != theirs.form)
      return "registered here under this number for another office or form";
    const std::size_t common = std::min(ours.versions.size(), theirs.versions.size());
    for (std::size_t i = 0; i < common; ++i)
      if (!same_content(ours.versions[i], theirs.versions[i]))
        return "version " + std::to_string(i + 1) + " has other content here";
    return theirs.versions.size() > common ? claimed_by_another(theirs, registered_alike(theirs))
                                           : "";
  }

  std::string obstacle(const PackageRecord& record) {
    const auto prefix = std::find_if(prefixes_.begin(), prefixes_.end(),
                                     [&](const auto& one) { return one.first == record.office; });
    if (prefix == prefixes_.end()) return "its office is not in this configuration";
    if (!number_of(record.number, prefix->second))
      return "its number is none that its office gives";
    const auto others = registered_alike(record);
    const std::string other = claimed_by_another(record, others);
    return other.empty() ? registered_otherwise(record, others) : other;
  }

  // Under the same name or account here. What is cancelled, there or here, is nobody's any more.
  std::vector<Known> registered_alike(const PackageRecord& record) {
    const PackageVersion& now = record.newest();
    if (now.status == RecordStatus::cancelled) return {};
    auto known = records_.known(record.form, now.platform, now.account_id);
    std::erase_if(known, [](const Known& one) { return one.status == RecordStatus::cancelled; });
    return known;
  }

  // The same registrant's platform under another number: one of the two is to be given up by hand.
  static std::string registered_otherwise(const PackageRecord& record,
                                          const std::vector<Known>& others) {
    for (const Known& known : others)
      if (same_account(known, record.newest()))
        return "the same registrant has it registered here as " + known.number;
    return "";
  }

  static std::string claimed_by_another(const PackageRecord& record,
                                        const std::vector<Known>& others) {
    for (const Known& known : others)
      if (known.number != record.number && !same_holder(known, record.newest()))
        return "the platform is registered here by " + known.registrant_name + " as " +
               known.number;
    return "";
  }

  void leave_out(const PackageRecord& record, const std::string& why) {
    ++done_.conflicts;
    if (done_.listed.size() < limits::package_conflicts)
      done_.listed.push_back({record.number, record.office, record.newest().platform, why});
  }

  // A message of the mailbox "import" without bytes for each version, as if it had come in then.
  Id add_message(const PackageRecord& record, const PackageVersion& version) {
    const Id id = next_id(database_, "message");
    database_.execute(
        "INSERT INTO message (id, office, account, sha256, size, received, created, state, version,"
        " attempts, lease_until, generation, disposition, reason, message_id, sender, subject,"
        " date, settled) VALUES ($1, $2, 'import', NULL, 0, $3, $4, 'settled', 1, 0, 0, 0,"
        " 'submission', '', '', '', '', '', $4)",
        {id, record.office, version.at, now_});
    return id;
  }

  void add(const PackageRecord& record, const PackageVersion& version) {
    const Id message = add_message(record, version);
    const auto one = submission_of(record, version);
    const Id submission = add_submission(database_, {message, record.office, 1, 1}, one, now_);
    Numbering numbering{"", "", version.at, 0};
    Entry entry{submission,     record.office, record.form, one.platform,
                one.account_id, one.change,    0,           one.status};
    if (version.version == 1) {
      for (const auto& [office, prefix] : prefixes_)
        if (office == record.office) numbering.prefix = prefix;
      const auto number = number_of(record.number, numbering.prefix);
      numbering.year = number->year;
      numbering.serial = number->serial;
    } else {
      entry.record = database_.query("SELECT id FROM record WHERE number = $1", {record.number})
                         .at(0)
                         .number(0);
    }
    file_entry(database_, entry, numbering);
    index_submission(database_, submission);
    append_audit(database_, {now_, actor_, "import", message,
                             record.number + " version " + std::to_string(version.version) +
                                 " of register " + done_.from.register_id});
  }

  Database& database_;
  Register records_;
  const std::vector<std::pair<std::string, std::string>>& prefixes_;
  std::string actor_;
  Seconds now_;
  Imported done_;
};

}  // namespace

Result<Imported> import_package(Database& database, std::istream& in,
                                const std::vector<std::pair<std::string, std::string>>& prefixes,
                                const std::string& actor, Seconds now) {
  PackageReader reader(in);
  Transaction transaction(database);
  Import import(database, prefixes, actor, now);
  const auto heading = reader.heading();
  if (!heading) return heading.reason();
  import.begin(*heading);
  while (true) {
    const auto record = reader.next();
    if (!record) return record.reason();
    if (!*record) break;
    import.take(**record);
  }
  const auto done = import.end();
  transaction.commit();
  return done;
}

}  // namespace dengji
