#include "store/blobs.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include "parsers/digest.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/file.hpp"
#include "store/sealed_stream.hpp"

namespace dengji {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t digest_length = 2 * crypto_hash_sha256_BYTES;

// A digest becomes part of a path: nothing else may.
void check_digest(const std::string& sha256) {
  const bool right =
      sha256.size() == digest_length && std::all_of(sha256.begin(), sha256.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      });
  if (!right) throw StoreError("blobs: not a digest: " + sha256.substr(0, digest_length), false);
}

StoreError damaged(const fs::path& path) {
  return StoreError("blobs: damaged: " + path.string(), false);
}

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) throw StoreError("blobs: no " + path.string(), false);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) throw StoreError("blobs: cannot read " + path.string(), true);
  return bytes;
}

// OpenSSL's uses the processor's own instructions, which libsodium's does not: it is most of what
// taking a mail in costs.
class Sha256 {
 public:
  Sha256() : state_(EVP_MD_CTX_new()) {
    check(state_ ? EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr) : 0);
  }
  void update(std::string_view bytes) {
    check(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()));
  }
  std::string hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    check(EVP_DigestFinal_ex(state_.get(), digest.data(), nullptr));
    std::array<char, digest_length + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
  }

 private:
  static void check(int done) {
    if (done != 1) throw StoreError("blobs: OpenSSL cannot compute SHA-256", false);
  }
  struct Free {
    void operator()(EVP_MD_CTX* state) const { EVP_MD_CTX_free(state); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> state_;
};

fs::path temporary_name(const fs::path& directory) {
  static std::atomic<unsigned> count{0};
  return directory / "tmp" / (std::to_string(::getpid()) + "-" + std::to_string(++count));
}

}  // namespace

struct Blobs::Writer::State {
  State(const fs::path& blobs, const Keyring& keys)
      : directory(blobs),
        temporary(temporary_name(blobs)),
        file(temporary, O_CREAT | O_TRUNC | O_WRONLY, 0600) {
    if (!keys.current().empty()) seal.emplace(keys);
  }
  ~State() {
    std::error_code gone_already;
    if (!temporary.empty()) fs::remove(temporary, gone_already);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  fs::path directory, temporary;
  FileHandle file;
  std::optional<SealedStream> seal;
  Sha256 hash;
  std::int64_t size = 0;
};

Blobs::Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Blobs::Writer::Writer(Writer&&) noexcept = default;
Blobs::Writer::~Writer() = default;

void Blobs::Writer::write(std::string_view piece) {
  if (!state_) throw StoreError("blobs: written after its commit", false);
  if (state_->seal)
    write_all(state_->file, state_->seal->push(piece), state_->temporary);
  else
    write_all(state_->file, piece, state_->temporary);
  state_->hash.update(piece);
  state_->size += static_cast<std::int64_t>(piece.size());
}

std::int64_t Blobs::Writer::size() const { return state_ ? state_->size : 0; }

std::string Blobs::Writer::finish() {
  if (!state_) throw StoreError("blobs: committed twice", false);
  if (state_->seal) write_all(state_->file, state_->seal->finish(), state_->temporary);
  start_writing(state_->file);
  return state_->hash.hex();
}

std::string Blobs::Writer::commit() {
  std::vector<Writer> one;
  one.push_back(std::move(*this));
  return commit(std::move(one)).front();
}

// Step by step for all: the disk's journal then carries them together.
std::vector<std::string> Blobs::Writer::commit(std::vector<Writer> writers) {
  std::vector<std::string> digests;
  for (Writer& writer : writers) digests.push_back(writer.finish());
  // A rename without fsync can leave an empty file.
  for (const Writer& writer : writers) sync(writer.state_->file, writer.state_->temporary);
  std::set<fs::path> folders;
  for (std::size_t i = 0; i < writers.size(); ++i) {
    const auto state = std::move(writers[i].state_);
    const fs::path target = Blobs(state->directory).path_of(digests[i]);
    if (folders.insert(target.parent_path()).second) make_private_directory(target.parent_path());
    failpoint("before-blob-rename");
    std::error_code error;
    fs::rename(state->temporary, target, error);
    if (error)
      throw StoreError("blobs: rename to " + target.string() + ": " + error.message(), true);
    state->temporary.clear();
  }
  for (const fs::path& folder : folders) sync_directory(folder);
  failpoint("after-blob-rename");
  return digests;
}

Blobs::Blobs(fs::path directory, Keyring keys)
    : directory_(std::move(directory)), keys_(std::move(keys)) {
  make_private_directory(directory_);
  make_private_directory(directory_ / "tmp");
}

std::string Blobs::put(std::string_view bytes) {
  std::string sha256 = sha256_hex(bytes);
  if (is_whole(sha256)) return sha256;
  Writer one = writer();
  one.write(bytes);
  return one.commit();
}

bool Blobs::is_whole(const std::string& sha256) const {
  if (!has(sha256)) return false;
  try {
    (void)get(sha256);
    return true;
  } catch (const StoreError& error) {
    if (error.retry) throw;
    return false;  // torn or damaged: it is written again
  }
}

std::string Blobs::get(const std::string& sha256) const {
  const fs::path path = path_of(sha256);
  std::string bytes = read_all(path);
  // The digest tells: plain mail may begin as a sealed one does.
  if (sha256_hex(bytes) == sha256) return bytes;
  if (sealed_under(bytes).empty()) throw damaged(path);
  bytes = unseal(bytes, keys_, "blobs: " + path.string());
  if (sha256_hex(bytes) != sha256) throw damaged(path);
  return bytes;
}

bool Blobs::reseal(const std::string& sha256) {
  std::string start(sealed_start, '\0');
  std::ifstream file(path_of(sha256), std::ios::binary);
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  if (sealed_under(start) == keys_.current()) return false;
  Writer anew = writer();
  anew.write(get(sha256));
  anew.commit();
  return true;
}

fs::path Blobs::path_of(const std::string& sha256) const {
  check_digest(sha256);
  return directory_ / sha256.substr(0, 2) / sha256;
}

bool Blobs::has(const std::string& sha256) const { return fs::exists(path_of(sha256)); }

std::vector<std::string> Blobs::all() const {
  std::vector<std::string> digests;
  for (const auto& folder : fs::directory_iterator(directory_)) {
    if (folder.path().filename() == "tmp") continue;
    for (const auto& file : fs::directory_iterator(folder.path()))
      digests.push_back(file.path().filename().string());
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

int Blobs::sweep() {
  int swept = 0;
  for (const auto& entry : fs::directory_iterator(directory_ / "tmp")) {
    std::error_code error;
    if (fs::remove(entry.path(), error)) ++swept;
    if (error)
      throw StoreError("blobs: remove " + entry.path().string() + ": " + error.message(), true);
  }
  return swept;
}

Blobs::Writer Blobs::writer() { return Writer(std::make_unique<Writer::State>(directory_, keys_)); }

}  // namespace dengji
