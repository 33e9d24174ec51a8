// A fuzz target: one reader, given any bytes. It must come back, within limits, and what it answers
// must be what its header promises (promises.hpp). entry.cpp makes libFuzzer's
// LLVMFuzzerTestOneInput of it; replay.cpp a program that reads files, for every compiler.
#pragma once
#include <string_view>

namespace dengji::fuzz {

// Defined once a target. `bytes` end where the memory does, so that a byte read beyond is seen.
void read(std::string_view bytes);

}  // namespace dengji::fuzz
