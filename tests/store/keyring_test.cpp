#include "store/keyring.hpp"

#include <gtest/gtest.h>

namespace dengji {

namespace {

const std::string one(32, '1'), two(32, '2');
const std::string number = "430502199001011234";

TEST(Keyring, OpensWhatItSealed) {
  const Keyring keys(one, {});
  const std::string sealed = keys.seal(number, "submission.id_number 1/0");
  EXPECT_EQ(sealed.find(number), std::string::npos);
  EXPECT_EQ(keys.open(sealed, "submission.id_number 1/0"), number);
  EXPECT_NE(sealed, keys.seal(number, "submission.id_number 1/0")) << "a nonce was used twice";
  EXPECT_EQ(keys.seal("", "x"), "");
}

TEST(Keyring, OpensOnlyInItsPlaceAndUnchanged) {
  const Keyring keys(one, {});
  const std::string sealed = keys.seal(number, "submission.id_number 1/0");
  EXPECT_THROW(keys.open(sealed, "submission.id_number 2/0"), StoreError);
  for (std::size_t at = 17; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_THROW(keys.open(changed, "submission.id_number 1/0"), StoreError) << at;
    EXPECT_THROW(keys.open(sealed.substr(0, at), "submission.id_number 1/0"), StoreError) << at;
  }
}

TEST(Keyring, ReadsUnderFormerKeysAndWritesUnderTheCurrent) {
  const Keyring before(one, {}), during(two, {one}), after(two, {});
  const std::string sealed = before.seal(number, "x");
  EXPECT_EQ(during.open(sealed, "x"), number);
  EXPECT_FALSE(during.is_current(sealed));
  EXPECT_EQ(after.open(during.seal(number, "x"), "x"), number);
  EXPECT_THROW(after.open(sealed, "x"), KeyMissing);
  EXPECT_EQ(after.lookup(number), during.lookup(number));
  EXPECT_EQ(during.lookups(number).at(1), before.lookup(number));
  EXPECT_NE(after.lookup(number), before.lookup(number));
}

TEST(Keyring, WithoutKeysLeavesEverythingPlain) {
  const Keyring none;
  EXPECT_EQ(none.seal(number, "x"), number);
  EXPECT_EQ(none.open(number, "x"), number);
  EXPECT_TRUE(none.is_current(number));
  EXPECT_EQ(none.lookup(number), "");
  EXPECT_TRUE(none.lookups(number).empty());
  EXPECT_FALSE(none.is_current(Keyring(one, {}).seal(number, "x")));
  EXPECT_EQ(none.open(none.seal("\x01 forged", "x"), "x"), "  forged");
}

TEST(Keyring, TakesKeysOf32BytesOnly) {
  EXPECT_THROW(Keyring("short", {}), StoreError);
  EXPECT_THROW(Keyring("", {one, "short"}), StoreError);
  EXPECT_EQ(Keyring("", {one}).current(), "");
}

}  // namespace
}  // namespace dengji
