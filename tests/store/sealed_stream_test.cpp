#include "store/sealed_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace dengji {

namespace {

const Keyring keys(std::string(32, '1'), {});

std::string sealed(std::string_view text, std::size_t piece) {
  SealedStream stream(keys);
  std::string all;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    all += stream.push(text.substr(0, piece));
  return all + stream.finish();
}

TEST(SealedStream, ComesBackWhateverThePieces) {
  for (const std::size_t size : {0UL, 1UL, 65535UL, 65536UL, 65537UL, 131072UL, 200000UL}) {
    const std::string text(size, 'm');
    for (const std::size_t piece : {777UL, 65536UL, 1000000UL}) {
      const std::string all = sealed(text, piece);
      EXPECT_EQ(sealed_under(all), keys.current());
      EXPECT_EQ(all.find("mmmm"), std::string::npos);
      EXPECT_TRUE(unseal(all, keys, "it") == text) << size << " in pieces of " << piece;
    }
  }
}

TEST(SealedStream, HoldsNoMoreThanAMessageBack) {
  SealedStream stream(keys);
  std::size_t given = 0;
  for (int n = 0; n < 1000; ++n) given += stream.push(std::string(1000, 'x')).size();
  EXPECT_GT(given, 1'000'000 - 65'536);
}

TEST(SealedStream, ShowsWhatWasChangedCutOrMoved) {
  const std::string whole = sealed(std::string(150'000, 'm'), 10'000);
  for (const std::size_t at : {24UL, 47UL, 48UL, 70'000UL, whole.size() - 1}) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_THROW(unseal(changed, keys, "it"), StoreError) << at;
  }
  const std::size_t message = 65'536 + 17;
  for (const std::size_t end : {24UL, 30UL, 48UL, 48 + message, 48 + 2 * message, whole.size() - 1})
    EXPECT_THROW(unseal(whole.substr(0, end), keys, "it"), StoreError) << end;
  EXPECT_THROW(unseal(whole + "more", keys, "it"), StoreError);
  const std::string swapped = whole.substr(0, 48) + whole.substr(48 + message, message) +
                              whole.substr(48, message) + whole.substr(48 + 2 * message);
  EXPECT_THROW(unseal(swapped, keys, "it"), StoreError);
  EXPECT_THROW(unseal(whole, Keyring(std::string(32, '2'), {}), "it"), KeyMissing);
}

TEST(SealedStream, KnowsWhatIsNone) {
  EXPECT_EQ(sealed_under(""), "");
  EXPECT_EQ(sealed_under("dengji1\n"), "");
  EXPECT_EQ(sealed_under("Received: from a\r\nSubject: b"), "");
}

}  // namespace
}  // namespace dengji
