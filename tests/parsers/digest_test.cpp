#include "parsers/digest.hpp"

#include <gtest/gtest.h>

namespace dengji {

TEST(Digest, AgreesWithThePublishedVectors) {  // FIPS 180-4, examples of one block and of none
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, OfSixteenBytesAgreesWithAnotherProgram) {  // Python's hashlib.blake2b
  EXPECT_EQ(blake2b_hex("abc"), "cf4ab791c62b8d2b2109c90275287816");
  EXPECT_EQ(blake2b_hex(""), "cae66941d9efbd404e4d88758ea67670");
}

}  // namespace dengji
