// The commands that read files in a child: `dengji read` and `dengji see`.
#include "daemon/child_json.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "daemon/commands.hpp"
#include "daemon/form_json.hpp"

namespace dengji {
namespace {

const std::string data = TEST_DATA;
const std::string config = SOURCE_DIR "/etc/dengji.toml";

// What stands on standard output meanwhile, parsed line by line.
class Printed {
 public:
  Printed() : usual_(std::cout.rdbuf(out_.rdbuf())) {}
  ~Printed() { std::cout.rdbuf(usual_); }
  std::vector<Json> lines() const {
    std::vector<Json> all;
    std::istringstream in(out_.str());
    for (std::string line; std::getline(in, line);) all.push_back(Json::parse(line));
    return all;
  }

 private:
  std::ostringstream out_;
  std::streambuf* usual_;
};

std::vector<Json> run(int (*command)(const Arguments&), const std::vector<std::string>& files,
                      const std::string& pngs = "") {
  std::vector<const char*> words{"command", "--config", config.c_str()};
  if (!pngs.empty()) words.insert(words.end(), {"--png", pngs.c_str()});
  for (const auto& file : files) words.push_back(file.c_str());
  const Printed printed;
  EXPECT_EQ(command({static_cast<int>(words.size()), words.data(), {"config", "png"}, {}}), 0);
  return printed.lines();
}

TEST(ReadCommand, PrintsALineAFileInTheOrderGiven) {
  const std::string form = data + "/parsers/documents/form.docx", missing = data + "/missing.doc";
  const auto lines = run(read_command, {missing, form});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], (Json{{"file", missing}, {"error", "cannot be opened"}}));
  EXPECT_EQ(lines[1].at("file"), form);
  EXPECT_EQ(lines[1].at("kind"), "docx");
}

TEST(ReadCommand, WantsAFile) {
  EXPECT_THROW(run(read_command, {}), UsageError);
  EXPECT_THROW(run(see_command, {}), UsageError);
}

TEST(SeeCommand, TellsWhatIsOnAPage) {
  const std::string certificate = data + "/ocr/read/certificate.jpg";
  const auto lines = run(see_command, {certificate, data + "/parsers/documents/form.docx"});
  ASSERT_EQ(lines.size(), 2U);
  const Json& page = lines[0].at("pages").at(0);
  EXPECT_EQ(page.at("page"), 1);
  EXPECT_EQ(page.at("kind"), "certificate");
  EXPECT_TRUE(page.at("quality").at("readable").get<bool>());
  EXPECT_EQ(page.at("seals").at(0).at("shape"), "round");
  EXPECT_EQ(page.at("seals").at(0).at("box").size(), 4U);
  EXPECT_EQ(page.at("numbers").at(0).at("type"), "uscc");
  EXPECT_EQ(page.at("numbers").at(0).at("text").get<std::string>().size(), 18U);
  EXPECT_EQ(lines[1].at("error"), "not a picture (docx)");
}

TEST(SeeCommand, WritesItsPagesAsPictures) {
  const auto folder = std::filesystem::temp_directory_path() / "dengji-see-png";
  std::filesystem::remove_all(folder);
  const auto lines =
      run(see_command, {data + "/ocr/read/certificate.jpg", data + "/missing"}, folder / "new");
  const Json& page = lines.at(0).at("pages").at(0);
  EXPECT_EQ(page.at("png"), "1-certificate-jpg-1.png");
  EXPECT_GT(std::filesystem::file_size(folder / "new" / "1-certificate-jpg-1.png"), 10'000U);
  EXPECT_EQ(lines.at(1).at("error"), "cannot be opened");
  std::filesystem::remove_all(folder);
}

TEST(ChildJson, TakesNonsenseForNoAnswer) {
  const std::string deep = "{\"a\":" + std::string(100, '[') + std::string(100, ']') + "}";
  for (const std::string& answer : {std::string("[]"), std::string("{"), deep}) {
    const Printed printed;
    const FileReader liar = [answer] {
      return [answer](const std::string&, std::string_view) { return answer; };
    };
    EXPECT_EQ(print_files({config}, liar, {}), 0);
    const auto lines = printed.lines();
    EXPECT_NE(lines.at(0).at("error").get<std::string>().find("nonsense"), std::string::npos);
  }
}

}  // namespace
}  // namespace dengji
