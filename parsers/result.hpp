// A value, or why the bytes could not be read. Reading is total: any input ends in one of the two,
// never in an exception, so that one hostile file cannot take a whole message down.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace dengji {

enum class Why {
  damaged,      // not what its own header promises
  encrypted,    // needs a password
  unsupported,  // a type that is recognised and not read
  over_limit,   // a limit of limits.hpp was hit
  empty,        // no bytes, or nothing in them
};

struct Unreadable {
  Why why;
  std::string detail;  // English, for logs; letters are worded from `why`
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}             // NOLINT: a value is a result
  Result(Unreadable reason) : state_(std::move(reason)) {}  // NOLINT: so is a reason
  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  T& operator*() { return std::get<T>(state_); }
  const T& operator*() const { return std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  const Unreadable& reason() const { return std::get<Unreadable>(state_); }

 private:
  std::variant<T, Unreadable> state_;
};

}  // namespace dengji
