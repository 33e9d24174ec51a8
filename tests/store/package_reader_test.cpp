#include "store/package_reader.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "parsers/limits.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

using Json = nlohmann::json;

const char* const head =
    R"({"dengji-package":1,"of":{"register":"0123456789abcdef","office":"","from":"","to":"","made":""}})";

Json version(int number) {
  return {
      {"version", number},
      {"status", "active"},
      {"at", "2018-08-20T12:00:00+08:00"},
      {"action", "new"},
      {"platform", "甲网"},
      {"account_id", ""},
      {"registrant",
       {{"name", "甲公司"}, {"class", "organisation"}, {"id_type", "uscc"}, {"id_number", "9"}}},
      {"fields", {{"site_name", "甲网"}}}};
}

Json record() {
  return {{"number", "DQ2018-00001"},
          {"office", "east"},
          {"form", "website"},
          {"versions", Json::array({version(1)})}};
}

std::string totals(int records) {
  const Json websites = records > 0 ? Json{{"website", {{"active", records}}}} : Json::object();
  return Json{{"totals", {{"records", records}, {"forms", websites}}}}.dump();
}

// What the reader says of a package, "" where it is right to its end.
std::string complaint(const std::string& package) {
  std::istringstream in(package);
  PackageReader reader(in);
  if (const auto heading = reader.heading(); !heading) return heading.reason().detail;
  while (true) {
    const auto next = reader.next();
    if (!next) return next.reason().detail;
    if (!*next) return "";
  }
}

std::string with(const Json& line) {
  return std::string(head) + '\n' + line.dump() + '\n' + totals(1) + '\n';
}

TEST(PackageReader, ReadsWhatTheWriterWrites) {
  EXPECT_EQ(complaint(with(record())), "");
  EXPECT_EQ(complaint(std::string(head) + '\n' + totals(0) + '\n'), "");
  std::istringstream in(with(record()));
  PackageReader reader(in);
  EXPECT_EQ(reader.heading()->register_id, "0123456789abcdef");
  const auto read = reader.next();
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->number, "DQ2018-00001");
  EXPECT_EQ((*read)->newest().at, noon);
  EXPECT_EQ((*read)->newest().fields_json, R"({"site_name":"甲网"})");
}

TEST(PackageReader, NamesTheLineOfWhatIsWrong) {
  EXPECT_EQ(complaint("").find("line 1: the package ends"), 0U);
  EXPECT_EQ(complaint("Subject: no\n").find("line 1: no package of dengji"), 0U);
  EXPECT_EQ(complaint(R"({"dengji-package":2})"
                      "\n"),
            "line 1: a package of another version");
  EXPECT_EQ(complaint(std::string(head) + "\n[]\n"), "line 2: no JSON of a record");
  EXPECT_EQ(complaint(std::string(head) + "\n{\"number\":\"\xff\"}\n"),
            "line 2: no JSON of a record");
}

TEST(PackageReader, KnowsAPackageThatWasCutOrChanged) {
  const std::string whole = with(record());
  for (std::size_t cut = 0; cut < whole.size(); cut += 7)
    EXPECT_NE(complaint(whole.substr(0, cut)), "") << cut;
  EXPECT_NE(complaint(whole.substr(0, whole.size() - 1)), "") << "without its last line's end";
  const std::string text = record().dump() + '\n';
  EXPECT_EQ(complaint(std::string(head) + '\n' + text + text + totals(1) + '\n'),
            "line 4: the totals do not agree");
  EXPECT_EQ(complaint(whole + text), "line 3: more behind the totals");
}

TEST(PackageReader, TakesOnlyRecordsOfTheContractsWords) {
  const auto spoilt = [](const char* pointer, const Json& value) {
    Json changed = record();
    changed[Json::json_pointer(pointer)] = value;
    return complaint(with(changed));
  };
  EXPECT_EQ(spoilt("/form", "blog"), "line 2: there is no form blog");
  EXPECT_EQ(spoilt("/number", 7), "line 2: number is no text");
  EXPECT_EQ(spoilt("/versions", Json::array()), "line 2: versions is empty");
  EXPECT_EQ(spoilt("/versions/0/version", 2), "line 2: versions are not in order");
  EXPECT_EQ(spoilt("/versions/0/status", "gone"), "line 2: there is no status gone");
  EXPECT_EQ(spoilt("/versions/0/at", "yesterday"), "line 2: at is no time");
  EXPECT_EQ(spoilt("/versions/0/platform", ""), "line 2: platform is empty");
  EXPECT_EQ(spoilt("/versions/0/registrant", "me"), "line 2: registrant is no object");
  EXPECT_EQ(spoilt("/versions/0/registrant/class", "king"), "line 2: there is no class king");
  EXPECT_EQ(spoilt("/versions/0/fields/site_name", 1), "line 2: the field site_name is no text");
  EXPECT_EQ(spoilt("/versions/0/fields/a", Json{{"b", {{"c", {{"d", "e"}}}}}}),
            "line 2: no JSON of a record")
      << "deeper than any record";
}

TEST(PackageReader, KeepsToItsLimits) {
  EXPECT_EQ(complaint(std::string(head) + '\n' + std::string(limits::package_line_bytes, ' ')),
            "line 2: too long");
  Json many = record();
  many["versions"] = Json::array();
  for (int i = 1; i <= static_cast<int>(limits::package_versions) + 1; ++i)
    many["versions"].push_back(version(i));
  EXPECT_EQ(complaint(with(many)), "line 2: too many versions");
  Json wide = record();
  for (std::size_t i = 0; i <= limits::package_fields; ++i)
    wide["versions"][0]["fields"]["f" + std::to_string(i)] = "";
  EXPECT_EQ(complaint(with(wide)), "line 2: too many fields");
  EXPECT_EQ(complaint(std::string(head) + '\n' + std::string(1'000'000, '[') + '\n'),
            "line 2: no JSON of a record");
}

}  // namespace

}  // namespace dengji
