#include "store/package.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "parsers/document.hpp"
#include "store/keyring.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

using Json = nlohmann::json;

constexpr Seconds day = 86'400;

const PackageLabels labels = {
    {{"website", "网站", {{"site_name", "网站名称"}, {"icp", "ICP备案号"}}},
     {"account", "账号", {{"account_name", "账号名称"}}},
     {"forum", "论坛", {{"forum_name", "论坛名称"}}}},
    {{"east", "东区网信办"}, {"west", "西区网信办"}}};

class PackageTest : public StoreTest {
 protected:
  void file(const std::string& office, SettledSubmission one, Seconds when = noon) {
    Incoming arrived = mail(++mails_);
    arrived.office = office;
    arrived.account = office;
    reg.receive(arrived);
    Settlement given = settlement(reg.claim(when, 100)->message, {std::move(one)});
    given.now = when;
    reg.settle(given, {});
  }
  static SettledSubmission of(const std::string& form, const std::string& platform,
                              const std::string& fields = "{}") {
    SettledSubmission one = accepted(platform);
    one.form = form;
    one.fields_json = fields;
    return one;
  }
  // Another version of the record of this id.
  static SettledSubmission change(Id record, SettledSubmission one, RecordStatus status) {
    one.change = RecordChange::append;
    one.record = record;
    one.status = status;
    one.action = "change";
    return one;
  }
  std::string csv(const PackageFilter& filter = {}) {
    std::ostringstream out;
    write_csv_package(database, filter, labels, noon, out);
    return out.str();
  }
  std::vector<Json> json(const PackageFilter& filter = {}) {
    std::stringstream out;
    write_json_package(database, filter, noon, out);
    std::vector<Json> lines;
    for (std::string line; std::getline(out, line);) lines.push_back(Json::parse(line));
    return lines;
  }
  std::filesystem::path xlsx(const PackageFilter& filter = {}) {
    const auto path = directory.path() / "package.xlsx";
    write_xlsx_package(database, filter, labels, noon, path);
    return path;
  }
  // The workbook's sheets as our own reader sees them: rows of texts.
  std::vector<std::vector<std::vector<std::string>>> sheets(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto document = read_document(make_attachment("p.xlsx", bytes));
    std::vector<std::vector<std::vector<std::string>>> all;
    if (!document) {
      ADD_FAILURE() << document.reason().detail;
      return all;
    }
    for (const Table* table : all_tables(*document)) {
      auto& sheet = all.emplace_back();
      for (const auto& row : table->rows) {
        auto& cells = sheet.emplace_back();
        for (const Cell& cell : row) cells.push_back(cell.text);
      }
    }
    return all;
  }

  int mails_ = 0;
};

TEST_F(PackageTest, CsvEndsWithItsTotals) {
  file("east", of("website", "=甲网"));
  file("east", of("account", "乙号"));
  file("west", of("website", "丙网"));
  const std::string text = csv({"east", "", ""});
  EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF登记编号,版本,状态,登记机构,表格,平台名称,账号,"));
  EXPECT_NE(text.find("\nDQ2018-00001,1,active,east,website,'=甲网,"), std::string::npos) << text;
  EXPECT_EQ(text.find("丙网"), std::string::npos);
  const auto last = text.find("\r\n合计,2,,east,");
  ASSERT_NE(last, std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  EXPECT_NE(text.find(R"(""records"":2)", last), std::string::npos) << text;
}

TEST_F(PackageTest, JsonHasEveryVersionAndItsTotals) {
  file("east", of("website", "甲网", R"({"site_name":"甲网"})"));
  file("east", of("forum", "乙坛"));
  file("east",
       change(1, of("website", "甲网", R"({"site_name":"甲网","icp":"湘"})"),
              RecordStatus::suspended),
       noon + day);
  const auto lines = json();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0]["dengji-package"], 1);
  EXPECT_EQ(lines[0]["of"]["register"], register_id(database));
  EXPECT_EQ(lines[0]["of"]["made"], "2018-08-20T12:00:00+08:00");
  EXPECT_EQ(lines[1]["number"], "DQ2018-00001");
  ASSERT_EQ(lines[1]["versions"].size(), 2U);
  EXPECT_EQ(lines[1]["versions"][0]["status"], "active");
  EXPECT_EQ(lines[1]["versions"][1]["status"], "suspended");
  EXPECT_EQ(lines[1]["versions"][1]["at"], "2018-08-21T12:00:00+08:00");
  EXPECT_EQ(lines[1]["versions"][1]["fields"]["icp"], "湘");
  EXPECT_EQ(lines[1]["versions"][0]["registrant"]["id_number"], accepted("").id_number);
  EXPECT_EQ(lines[3]["totals"]["records"], 2);
  EXPECT_EQ(lines[3]["totals"]["forms"]["website"]["suspended"], 1);
}

TEST_F(PackageTest, PeriodIsThatOfTheNewestVersion) {
  file("east", of("website", "甲网"));
  file("east", of("website", "乙网"));
  file("east", change(2, of("website", "乙网"), RecordStatus::cancelled), noon + 10 * day);
  const auto first = json({"", "2018-08-20", "2018-08-20"});
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[1]["number"], "DQ2018-00001");
  const auto later = json({"", "2018-08-21", ""});
  ASSERT_EQ(later.size(), 3U);
  EXPECT_EQ(later[1]["number"], "DQ2018-00002");
  EXPECT_EQ(later[1]["versions"].size(), 2U) << "all of them, also those of before";
  EXPECT_THROW(json({"", "2018-13-01", ""}), StoreError);
}

TEST_F(PackageTest, WorkbookReadsBackUnderTheFormsLabels) {
  file("east", of("website", "甲网", R"({"site_name":"=1+1","icp":"湘ICP备1号","old_key":"旧"})"));
  file("west", of("account", "乙号", R"({"account_name":"乙号"})"));
  const auto all = sheets(xlsx());
  ASSERT_EQ(all.size(), 4U) << "summary, websites, accounts, forums";
  const auto& websites = all[1];
  ASSERT_EQ(websites.size(), 2U);
  EXPECT_EQ(websites[0][0], "登记编号");
  EXPECT_EQ(websites[0][12], "网站名称");
  EXPECT_EQ(websites[1][0], "DQ2018-00001");
  EXPECT_EQ(websites[1][2], "有效");
  EXPECT_EQ(websites[1][3], "东区网信办");
  EXPECT_EQ(websites[1][9], accepted("").id_number) << "a text, with all its digits";
  EXPECT_EQ(websites[1][12], "=1+1");
  EXPECT_EQ(websites[1][13], "湘ICP备1号");
  EXPECT_EQ(websites[1][14], "old_key：旧");
  EXPECT_EQ(all[2][1][4], "乙号");
}

TEST_F(PackageTest, SummaryAddsUp) {
  file("east", of("website", "甲网"));
  file("east", of("website", "乙网"));
  file("west", of("account", "丙号"));
  file("east", change(2, of("website", "乙网"), RecordStatus::cancelled), noon + day);
  const auto summary = sheets(xlsx()).at(0);
  const auto row = [&](const std::string& name, std::size_t from) {
    for (std::size_t i = from; i < summary.size(); ++i)
      if (!summary[i].empty() && summary[i][0] == name) return i;
    ADD_FAILURE() << name;
    return std::size_t{0};
  };
  using Row = std::vector<std::string>;
  EXPECT_EQ(summary[row("报送单位", 0)][1], "全部");
  EXPECT_EQ(summary[row("登记库标识", 0)][1], register_id(database));
  const auto forms = row("平台类别", 0);
  EXPECT_EQ(summary[forms + 1], (Row{"网站", "1", "0", "1", "2"}));
  EXPECT_EQ(summary[forms + 2], (Row{"账号", "1", "0", "0", "1"}));
  EXPECT_EQ(summary[row("合计", forms)], (Row{"合计", "2", "0", "1", "3"}));
  const auto offices = row("登记机构", forms);
  EXPECT_EQ(summary[offices + 1], (Row{"东区网信办", "2", "0", "0", "2"}));
  EXPECT_EQ(summary[row("合计", offices)], (Row{"合计", "2", "1", "0", "3"}));
  EXPECT_EQ(summary[row("合计", row("主体类别", offices))][1], "3");
}

TEST_F(PackageTest, OpensWhatIsSealedAtRest) {
  TemporaryDirectory other;
  Database sealed(other.path(), Database::Mode::owner, Keyring(std::string(32, 'k'), {}));
  Register records(sealed, test_prefixes);
  records.receive(mail(1));
  records.settle(settlement(records.claim(noon, 100)->message,
                            {of("website", "甲网", R"({"site_name":"甲网"})")}),
                 {});
  EXPECT_NE(sealed.query("SELECT id_number FROM submission")[0].text(0), accepted("").id_number);
  std::ostringstream out;
  write_json_package(sealed, {}, noon, out);
  EXPECT_NE(out.str().find(accepted("").id_number), std::string::npos);
  EXPECT_NE(out.str().find(R"("site_name":"甲网")"), std::string::npos) << out.str();
}

// By Python's own zip and XML: the parts that Excel asks for, private, without a formula.
TEST_F(PackageTest, WorkbookIsAWorkbookToOthers) {
  std::string odd = "a\x01\xEF\xBF\xBF\xff<&>\"";
  file("east", of("website", odd, Json{{"site_name", std::string(40'000, 'x')}}.dump()));
  const auto path = xlsx();
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".partial"));
  const std::string command =
      "python3 '" SOURCE_DIR "/tests/support/look_at_xlsx.py' '" + path.string() + "' 4";
  EXPECT_EQ(std::system(command.c_str()), 0);
  const auto cell = sheets(path).at(1).at(1).at(12);
  EXPECT_TRUE(cell.ends_with("x…")) << "cut where a spreadsheet's cell ends, and marked";
}

TEST_F(PackageTest, AFolderThatTakesNoFileIsAnErrorWithoutRemains) {
  EXPECT_THROW(write_xlsx_package(database, {}, labels, noon, "/nowhere/at/all.xlsx"), StoreError);
  file("east", of("unheard-of", "甲网"));
  const auto path = directory.path() / "p.xlsx";
  EXPECT_THROW(write_xlsx_package(database, {}, labels, noon, path), StoreError);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".partial"));
}

TEST_F(PackageTest, MoreRecordsThanAPieceComeOnceEach) {
  for (int i = 0; i < 3; ++i) {
    std::vector<SettledSubmission> many;
    for (int k = 0; k < 200; ++k) many.push_back(of("website", "网" + std::to_string(i * 200 + k)));
    const Id message = receive_and_claim(++mails_);
    reg.settle(settlement(message, many), {});
  }
  const auto lines = json();
  ASSERT_EQ(lines.size(), 602U);
  EXPECT_EQ(lines[600]["number"], "DQ2018-00600");
}

}  // namespace

}  // namespace dengji
