#include "store/sealed_stream.hpp"

#include <sodium.h>

#include <utility>

namespace dengji {

namespace {

constexpr std::string_view mark = "dengji1\n";
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t extra_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t message_bytes = 65'536;
constexpr unsigned char last = crypto_secretstream_xchacha20poly1305_TAG_FINAL;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

struct SealedStream::State {
  crypto_secretstream_xchacha20poly1305_state cipher{};
  std::string ready;    // to be written
  std::string waiting;  // less than a message

  ~State() { sodium_memzero(&cipher, sizeof cipher); }

  void message(std::string_view text, unsigned char tag) {
    std::string sealed(text.size() + extra_bytes, '\0');
    crypto_secretstream_xchacha20poly1305_push(&cipher, bytes_of(sealed), nullptr, bytes_of(text),
                                               text.size(), nullptr, 0, tag);
    ready += sealed;
  }
};

SealedStream::SealedStream(const Keyring& keys) : state_(std::make_unique<State>()) {
  std::string header(header_bytes, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state_->cipher, bytes_of(header),
                                                  bytes_of(keys.blob_key(keys.current())));
  state_->ready = std::string(mark) + keys.current() + header;
}

SealedStream::~SealedStream() = default;

std::string SealedStream::push(std::string_view piece) {
  while (state_->waiting.size() + piece.size() > message_bytes) {
    const std::size_t take = message_bytes - state_->waiting.size();
    state_->waiting += piece.substr(0, take);
    piece.remove_prefix(take);
    state_->message(state_->waiting, 0);
    state_->waiting.clear();
  }
  state_->waiting += piece;
  return std::exchange(state_->ready, {});
}

std::string SealedStream::finish() {
  state_->message(state_->waiting, last);
  return std::exchange(state_->ready, {});
}

std::string sealed_under(std::string_view start) {
  if (start.size() < sealed_start || !start.starts_with(mark)) return "";
  return std::string(start.substr(mark.size(), sealed_start - mark.size()));
}

std::string unseal(std::string_view bytes, const Keyring& keys, const std::string& name) {
  const StoreError damaged(name + " was changed, its seal does not fit", false);
  const std::string& key = keys.blob_key(sealed_under(bytes));
  bytes.remove_prefix(sealed_start);
  crypto_secretstream_xchacha20poly1305_state cipher;
  if (bytes.size() < header_bytes ||
      crypto_secretstream_xchacha20poly1305_init_pull(&cipher, bytes_of(bytes), bytes_of(key)) != 0)
    throw damaged;
  bytes.remove_prefix(header_bytes);
  std::string text;
  unsigned char tag = 0;
  for (std::string message; tag != last; text += message) {
    const auto sealed = bytes.substr(0, message_bytes + extra_bytes);
    if (sealed.size() < extra_bytes) throw damaged;
    message.resize(sealed.size() - extra_bytes);
    if (crypto_secretstream_xchacha20poly1305_pull(&cipher, bytes_of(message), nullptr, &tag,
                                                   bytes_of(sealed), sealed.size(), nullptr,
                                                   0) != 0)
      throw damaged;
    bytes.remove_prefix(sealed.size());
  }
  if (!bytes.empty()) throw damaged;
  return text;
}

}  // namespace dengji
