// Whether a RAR 5 archive has a password, by its own blocks (RARLAB's "RAR 5.0 archive format"):
// libarchive tells it of encrypted headers only, and fails on the data of encrypted files as on
// damage.
#pragma once
#include <string_view>

namespace dengji {

// Of the headers or of any file. False for other bytes. Linear; reads the blocks' headers only.
bool is_encrypted_rar5(std::string_view bytes);

}  // namespace dengji
