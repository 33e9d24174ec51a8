// A blob sealed as it is written: the mark "dengji1\n", the key's id (16 hex digits), the header of
// libsodium's secretstream (XChaCha20-Poly1305), then its messages of 64 KiB, the last one shorter
// and tagged as the end. So memory is independent of size, and a piece that was changed, moved or
// cut off shows.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "store/keyring.hpp"

namespace dengji {

class SealedStream {
 public:
  explicit SealedStream(const Keyring&);  // under its current key
  ~SealedStream();
  SealedStream(const SealedStream&) = delete;
  SealedStream& operator=(const SealedStream&) = delete;

  // What there is to write now.
  std::string push(std::string_view piece);
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of the key under which these bytes, or a file's first ones, are sealed; "" where they are not.
std::string sealed_under(std::string_view start);
inline constexpr std::size_t sealed_start = 24;  // bytes that sealed_under() needs

// Throws StoreError (its words begin with `name`) where they are damaged, KeyMissing.
std::string unseal(std::string_view bytes, const Keyring&, const std::string& name);

}  // namespace dengji
