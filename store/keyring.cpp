#include "store/keyring.hpp"

#include <sodium.h>

#include <algorithm>

#include "store/secret.hpp"

namespace dengji {

namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t id_digits = 16;
constexpr int base64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
constexpr char mark = '\x01';  // before a sealed text; no plain one starts with it

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string to_base64(const std::string& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), base64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), base64);
  text.pop_back();  // its NUL
  return text;
}

std::string from_base64(std::string_view text) {  // "" where it is none
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, base64) != 0)
    return "";
  bytes.resize(size);
  return bytes;
}

}  // namespace

struct Keyring::Key {
  explicit Key(std::string_view master)
      : id(hmac_hex(std::string(master), "id").substr(0, id_digits)),
        column(derive_key(std::string(master), "column")),
        blob(derive_key(std::string(master), "blob")),
        lookup(derive_key(std::string(master), "lookup")) {}
  ~Key() {
    for (std::string* key : {&column, &blob, &lookup}) sodium_memzero(key->data(), key->size());
  }
  Key(Key&&) = default;

  std::string id, column, blob, lookup;
};

KeyMissing::KeyMissing(const std::string& id)
    : StoreError("register: data is sealed under the key " + id +
                     ", which is none of the configured key files",
                 false) {}

Keyring::Keyring(std::string_view current, const std::vector<std::string>& former) {
  if (sodium_init() < 0) throw StoreError("libsodium cannot start", false);
  auto keys = std::make_shared<std::vector<Key>>();
  const auto add = [&keys](std::string_view master) {
    if (master.size() != key_bytes) throw StoreError("register: a key is 32 bytes", false);
    keys->emplace_back(master);
  };
  if (!current.empty()) add(current);
  for (const std::string& master : former) add(master);
  if (!current.empty()) current_ = keys->front().id;
  keys_ = std::move(keys);
}

const std::string& Keyring::current() const { return current_; }

bool Keyring::has(std::string_view id) const {
  return keys_ &&
         std::any_of(keys_->begin(), keys_->end(), [&](const Key& k) { return k.id == id; });
}

const Keyring::Key& Keyring::key(std::string_view id) const {
  if (!has(id)) throw KeyMissing(std::string(id));
  return *std::find_if(keys_->begin(), keys_->end(), [&](const Key& k) { return k.id == id; });
}

std::string Keyring::seal(std::string_view text, std::string_view place) const {
  if (text.empty()) return "";
  if (current_.empty()) {
    std::string plain(text);
    if (plain.front() == mark) plain.front() = ' ';
    return plain;
  }
  std::string sealed(nonce_bytes + text.size() + tag_bytes, '\0');
  randombytes_buf(sealed.data(), nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes_of(sealed) + nonce_bytes, nullptr, bytes_of(text), text.size(), bytes_of(place),
      place.size(), nullptr, bytes_of(sealed), bytes_of(key(current_).column));
  return mark + current_ + to_base64(sealed);
}

std::string Keyring::open(const std::string& stored, std::string_view place) const {
  if (stored.empty() || stored.front() != mark) return stored;
  const Key& under = key(std::string_view(stored).substr(1, id_digits));
  const std::string sealed = from_base64(std::string_view(stored).substr(1 + id_digits));
  std::string text(sealed.size() - std::min(sealed.size(), nonce_bytes + tag_bytes), '\0');
  if (sealed.size() < nonce_bytes + tag_bytes ||
      crypto_aead_xchacha20poly1305_ietf_decrypt(
          bytes_of(text), nullptr, nullptr, bytes_of(sealed) + nonce_bytes,
          sealed.size() - nonce_bytes, bytes_of(place), place.size(), bytes_of(sealed),
          bytes_of(under.column)) != 0)
    throw StoreError("register: " + std::string(place) + " was changed, its seal does not fit",
                     false);
  return text;
}

bool Keyring::is_current(std::string_view stored) const {
  if (stored.empty()) return true;
  if (current_.empty()) return stored.front() != mark;
  return stored.front() == mark && stored.substr(1, id_digits) == current_;
}

std::vector<std::string> Keyring::lookups(std::string_view text) const {
  std::vector<std::string> all;
  if (!keys_ || text.empty()) return all;
  for (const Key& key : *keys_) all.push_back(hmac_hex(key.lookup, text));
  return all;
}

std::string Keyring::lookup(std::string_view text) const {
  return current_.empty() || text.empty() ? "" : hmac_hex(key(current_).lookup, text);
}

const std::string& Keyring::blob_key(std::string_view id) const { return key(id).blob; }

std::string sealed_place(std::string_view column, std::int64_t id, std::int64_t position) {
  return std::string(column) + ' ' + std::to_string(id) + '/' + std::to_string(position);
}

}  // namespace dengji
