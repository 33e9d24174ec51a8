#include "store/export.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/store/support.hpp"

namespace dengji {

TEST(Csv, QuotesByRfc4180) {
  EXPECT_EQ(csv_cell("plain 中文"), "plain 中文");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv_cell("a\r\nb"), "\"a\r\nb\"");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(Csv, DisarmsFormulas) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("+86"), "'+86");
  EXPECT_EQ(csv_cell("-1"), "'-1");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  EXPECT_EQ(csv_cell("a=b"), "a=b");
}

TEST(Csv, KeepsEmptyCells) {
  EXPECT_EQ(csv_line({"", "a", ""}), ",a,\r\n");
  EXPECT_EQ(csv_line({"a"}), "a\r\n");
}

class ExportTest : public StoreTest {
 protected:
  void file(const std::vector<SettledSubmission>& submissions) {
    reg.settle(settlement(receive_and_claim(++mails_), submissions), {});
  }

  int mails_ = 0;
};

TEST_F(ExportTest, CsvHasALineForEachRecord) {
  file({accepted("=甲网"), accepted("乙,网")});
  std::ostringstream out;
  export_csv(reg, "", out);
  const std::string text = out.str();
  EXPECT_EQ(text.substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  EXPECT_NE(text.find("DQ2018-00001,1,active,east,website,'=甲网,"), std::string::npos) << text;
  EXPECT_NE(text.find("DQ2018-00002,1,active,east,website,\"乙,网\","), std::string::npos) << text;
}

TEST_F(ExportTest, JsonIsAnArrayEvenWhenEmpty) {
  std::ostringstream none;
  export_json(reg, "", none);
  EXPECT_EQ(nlohmann::json::parse(none.str()), nlohmann::json::array());

  SettledSubmission odd = accepted("乙\xff网");
  odd.fields_json = "not json";
  file({accepted("甲网"), odd});
  std::ostringstream out;
  export_json(reg, "east", out);
  const auto all = nlohmann::json::parse(out.str());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].at("number"), "DQ2018-00001");
  EXPECT_EQ(all[0].at("id_number"), accepted("").id_number);
  EXPECT_EQ(all[0].at("fields").at("site_name"), "x");
  EXPECT_EQ(all[1].at("platform"), "乙\uFFFD网");
  EXPECT_EQ(all[1].at("fields"), "not json");
}

TEST_F(ExportTest, RollupCountsWhatStands) {
  SettledSubmission rejected = accepted("丙网");
  rejected.decision = Decision::reject;
  rejected.change = RecordChange::none;
  file({accepted("甲网"), accepted("乙网"), rejected});
  file({rejected});
  reg.requeue(2, noon, "wang");
  const auto rows = rollup(database);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].office, "east");
  EXPECT_EQ(rows[0].form, "website");
  EXPECT_EQ(rows[0].decision, "accept");
  EXPECT_EQ(rows[0].count, 2);
  EXPECT_EQ(rows[1].decision, "reject");
  EXPECT_EQ(rows[1].count, 1);
}

}  // namespace dengji
