#include <fstream>
#include <nlohmann/json.hpp>

#include "daemon/package_labels.hpp"
#include "tests/daemon/command_trial.hpp"

namespace dengji {
namespace {

using CommandsPackage = test::CommandTrial;

TEST_F(CommandsPackage, ExportWithoutFormatIsAsItWas) {
  file("shuangqing", website("甲网", "甲公司"));
  const auto csv = run(export_command, {});
  EXPECT_TRUE(csv.out.starts_with(
      "\xEF\xBB\xBF登记编号,版本,状态,登记机构,表格,平台名称,账号,登记主体,证件号码,更新时间,登记内"
      "容\r\nSQ2018-00001,1,active,shuangqing,website,甲网,,甲公司,91430500MA4L0000X1,"))
      << csv.out;
  EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 2);
  const auto json = nlohmann::json::parse(run(export_command, {"--json"}).out);
  EXPECT_EQ(json.at(0).at("number"), "SQ2018-00001");
}

TEST_F(CommandsPackage, ExportWritesAPackageThatOnlyItsOwnerReads) {
  file("shuangqing", website("甲网", "甲公司"));
  for (const std::string format : {"csv", "json", "xlsx"}) {
    const auto path = dir_.path() / ("package." + format);
    const auto ran = run(export_command, {"--format", format, "--output", path.string(), "--from",
                                          "2018-08-20", "--to", "2018-08-20"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_GT(std::filesystem::file_size(path), 100U);
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

TEST_F(CommandsPackage, ExportRefusesWhatItCannotDo) {
  EXPECT_THROW(run(export_command, {"--format", "xlsx"}), UsageError);
  EXPECT_THROW(run(export_command, {"--format", "pdf"}), UsageError);
  EXPECT_THROW(run(export_command, {"--from", "2018-08-20"}), UsageError);
  EXPECT_THROW(run(export_command, {"--format", "csv", "--to", "tomorrow"}), UsageError);
  EXPECT_THROW(run(export_command, {"--format", "csv", "--office", "nowhere"}), UsageError);
  EXPECT_THROW(run(export_command, {"--format", "csv", "--output", "/nowhere/at/all.csv"}),
               StoreError);
}

TEST_F(CommandsPackage, ImportSaysWhatItTookIn) {
  file("shuangqing", website("甲网", "甲公司"));
  const auto path = (dir_.path() / "package.json").string();
  ASSERT_EQ(run(export_command, {"--format", "json", "--output", path}).status, 0);
  const auto same = run(import_command, {path});
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(same.out, "0 new, 0 updated, 1 same, 0 conflicts\n");
  auto text = test::read_file(path);
  text.replace(text.find("甲公司"), std::string("甲公司").size(), "乙公司");
  test::write_file(path, text);
  const auto other = run(import_command, {path});
  EXPECT_EQ(other.status, 1);
  EXPECT_NE(other.out.find("SQ2018-00001  shuangqing"), std::string::npos) << other.out;
  EXPECT_EQ(nlohmann::json::parse(run(import_command, {"--json", path}).out).at("conflicts"), 1);
}

TEST_F(CommandsPackage, ImportRefusesWhatIsNoPackage) {
  const auto path = (dir_.path() / "no.json").string();
  test::write_file(path, "[]\n");
  const auto ran = run(import_command, {path});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.err.find("line 1"), std::string::npos) << ran.err;
  EXPECT_EQ(run(import_command, {"/nowhere.json"}).status, 3);
  EXPECT_THROW(run(import_command, {}), UsageError);
}

TEST(PackageLabels, AreTheFormsColumnsWithoutSeals) {
  const auto labels = package_labels(test::shipped_config());
  ASSERT_EQ(labels.forms.size(), 3U);
  EXPECT_EQ(labels.forms[0].title, "网站");
  EXPECT_EQ(labels.forms[1].title, "账号");
  EXPECT_EQ(labels.forms[2].title, "论坛");
  EXPECT_EQ(labels.forms[0].fields.at(1).second, "网站名称");
  for (const auto& form : labels.forms)
    for (const auto& [key, label] : form.fields) EXPECT_NE(key, "seal");
  EXPECT_EQ(labels.offices.at("city"), "邵阳市互联网信息办公室");
}

}  // namespace
}  // namespace dengji
