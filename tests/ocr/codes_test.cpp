#include "ocr/codes.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace dengji {
namespace {

template <class T>
std::string bytes(T value) {
  std::string out(sizeof value, '\0');
  std::memcpy(out.data(), &value, sizeof value);
  return out;
}

// Tesseract's container with only the two parts that matter: characters and how each is spelt.
std::string model(const std::vector<std::string>& names,
                  const std::vector<std::vector<int>>& spelt) {
  std::string unicharset = std::to_string(names.size()) + "\n";
  for (const auto& name : names) unicharset += name + " 0 0,255 Han 1\n";
  auto recoder = bytes(static_cast<std::uint32_t>(spelt.size()));
  for (const auto& codes : spelt) {
    recoder += bytes(std::int8_t{0}) + bytes(static_cast<std::int32_t>(codes.size()));
    for (const int code : codes) recoder += bytes(static_cast<std::int32_t>(code));
  }
  constexpr std::int32_t parts = 24;
  const auto start = static_cast<std::int64_t>(4 + 8 * parts);
  std::string file = bytes(parts);
  for (int i = 0; i < parts; ++i)
    file += bytes(i == 21   ? start
                  : i == 22 ? start + static_cast<std::int64_t>(unicharset.size())
                            : std::int64_t{-1});
  return file + unicharset + recoder;
}

std::string small_model() {
  return model({"NULL", "Joined", "|Broken|0|1", "S", "邵", "水"},
               {{0}, {5}, {5}, {1}, {2, 3}, {4, 3, 2}});
}

TEST(Codes, SpellCharacters) {
  const auto codes = Codes::read(small_model());
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->blank(), 5);
  EXPECT_EQ(codes->count(), 6);
  EXPECT_EQ(codes->spell("邵"), (std::vector<int>{2, 3}));
  EXPECT_EQ(codes->spell(U"邵水"), (std::vector<int>{2, 3, 4, 3, 2}));
  EXPECT_TRUE(codes->spell("海").empty());
  EXPECT_TRUE(codes->spell("NULL").empty());
}

TEST(Codes, KnowWhatTheLabelsOfRawStepsMean) {
  const auto codes = Codes::read(small_model());
  ASSERT_TRUE(codes);
  EXPECT_EQ(codes->code_of_label(" "), codes->blank());
  EXPECT_EQ(codes->code_of_label("S"), 1);
  EXPECT_EQ(codes->code_of_label("邵"), 2);
  EXPECT_EQ(codes->code_of_label(""), codes->blank());
}

TEST(Codes, AreNotReadFromAnythingElse) {
  EXPECT_FALSE(Codes::read(""));
  EXPECT_FALSE(Codes::read("words"));
  EXPECT_FALSE(Codes::read(std::string(4096, '\xff')));
  EXPECT_FALSE(Codes::read(model({"NULL", "Joined"}, {{0}})));
  EXPECT_FALSE(Codes::read(model({"NULL"}, {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}})));
}

TEST(Codes, SurviveACutAtEveryByte) {
  const auto whole = small_model();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto codes = Codes::read(whole.substr(0, length));
    EXPECT_FALSE(codes && codes->count() > 6) << length;
  }
}

}  // namespace
}  // namespace dengji
