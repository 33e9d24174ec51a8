// The keys that the configuration names ([store] key_file, old_key_files): each file's first line
// is 64 hexadecimal digits. Read anew at each call. Errors: SecretError, never with a key's digits.
#pragma once
#include "daemon/config.hpp"
#include "store/keyring.hpp"

namespace dengji {

Keyring keyring_of(const Config&);

}  // namespace dengji
