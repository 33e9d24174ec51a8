// Raw mail and files by digest: DIR/ab/abcdef... (SHA-256), written to a temporary name, fsync'ed,
// renamed, the directory fsync'ed; so a blob is whole or absent. With a key they are sealed
// (store/sealed_stream.hpp); their names stay the digests of the plain bytes. Throws StoreError.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/keyring.hpp"

namespace dengji {

class Blobs {
 public:
  explicit Blobs(std::filesystem::path directory, Keyring keys = {});  // made if absent, 0700

  std::string put(std::string_view bytes);  // its digest; writing the same bytes again is nothing
  std::string get(const std::string& sha256) const;  // checked against the digest
  std::filesystem::path path_of(const std::string& sha256) const;
  bool has(const std::string& sha256) const;
  std::vector<std::string> all() const;  // digests of what is there, in order
  // Writes a blob anew under the current key; false where it is already so.
  bool reseal(const std::string& sha256);

  // A blob written as it arrives (a mail fetched in pieces), memory independent of its size.
  class Writer {
   public:
    ~Writer();  // not committed: nothing remains
    Writer(Writer&&) noexcept;
    void write(std::string_view piece);
    std::string commit();  // durable when it returns; the digest
    // The same for many, which costs little more than for one; their digests.
    static std::vector<std::string> commit(std::vector<Writer>);
    std::int64_t size() const;

   private:
    friend class Blobs;
    struct State;
    explicit Writer(std::unique_ptr<State>);
    std::string finish();  // the digest, as nothing more will be written
    std::unique_ptr<State> state_;
  };
  Writer writer();
  // At the owner's start, before any writer: removes what a killed process left half written.
  int sweep();

 private:
  bool is_whole(const std::string& sha256) const;

  std::filesystem::path directory_;
  Keyring keys_;
};

}  // namespace dengji
