// What a child says of its pictures, told the truth or not.
#include "daemon/page_pngs.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace dengji {
namespace {

const std::string signature = "\x89PNG\r\n\x1a\n";

class Pngs : public testing::Test {
 protected:
  Pngs() : folder_(std::filesystem::path(testing::TempDir()) / "dengji-pngs") {
    std::filesystem::remove_all(folder_);
  }
  ~Pngs() override { std::filesystem::remove_all(folder_); }
  std::vector<std::string> written() const {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder_))
      names.push_back(file.path().filename());
    return names;
  }
  std::filesystem::path folder_;
};

TEST_F(Pngs, AreWrittenOneAPage) {
  PngFolder folder(folder_);
  Json line = Json::parse(R"({"file":"a/扫描 1.jpg","pages":[{"png":9},{"png":0},{"png":10}]})");
  folder.take(line, signature + "1" + signature + "22");
  EXPECT_TRUE(line["pages"][1]["png"].is_null());
  const auto name = line["pages"][2]["png"].get<std::string>();
  EXPECT_EQ(name, "1--------1-jpg-3.png");
  EXPECT_EQ(written().size(), 2U);
  std::ifstream in(folder_ / name, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), signature + "22");
}

TEST_F(Pngs, StayInTheirFolderWhateverTheFileIsCalled) {
  for (const auto& file : std::vector<std::string>{"../../etc/passwd", "/", "..", "-", "a\nb",
                                                   std::string(300, 'x')}) {
    const auto name = png_name(3, file, 2);
    EXPECT_TRUE(name.starts_with("3-") && name.ends_with("-2.png")) << name;
    EXPECT_EQ(std::filesystem::path(name).filename(), name);
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-."), std::string::npos);
    EXPECT_LT(name.size(), 100U);
  }
}

TEST_F(Pngs, AreNotWrittenWhereAChildLies) {
  PngFolder folder(folder_);
  for (const auto* said : {R"({"pages":[{"png":4000000000}]})", R"({"pages":[{"png":-1}]})",
                           R"({"pages":[{"png":"x"}]})", R"({"pages":[7]})", R"({"pages":{}})",
                           R"({"pages":[{"png":4}]})", R"({})"}) {
    Json line = Json::parse(said);
    folder.take(line, signature + "1");
  }
  EXPECT_TRUE(written().empty());
}

TEST_F(Pngs, OfAWholeFolderAreNoSmallMatter) {
  std::ofstream(folder_) << "a file in the folder's place";
  EXPECT_THROW(PngFolder{folder_}, std::filesystem::filesystem_error);
}

TEST(PngPile, TellsTheSizeOfEachPagesPicture) {
  PngPile pile;
  Page page;
  page.pixels = ColourImage(40, 30, 255);
  PageFacts second;
  second.page = 2;
  pile.add(page, second);
  const auto text = pile.with(Json{{"pages", {Json::object(), Json::object()}}});
  const auto end = text.find('\0');
  const auto json = Json::parse(text.substr(0, end));
  EXPECT_EQ(json["pages"][0]["png"], 0);
  EXPECT_EQ(json["pages"][1]["png"], text.size() - end - 1);
  EXPECT_TRUE(text.substr(end + 1).starts_with(signature));
}

}  // namespace
}  // namespace dengji
