// What a limit that was hit is called in letters and findings. Pure.
#pragma once
#include <string>

#include "parsers/result.hpp"

namespace dengji {

// By the English words of the reason: "压缩包内的文件超过200个". What is not in the table gets general
// words.
std::string limit_words(const Unreadable& reason);

}  // namespace dengji
