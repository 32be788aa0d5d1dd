// SPDX-License-Identifier: MIT
// A value, or the reason why there is none.
//
// Every function that can fail for a reason a person can act on returns Result<T>. The names are
// those of std::expected (C++23), so that the day it can be used this file goes away.
//
//   Result<Blob> read(Path path) {
//     DAVIT_TRY(auto file, open(path));     // returns the error to our caller
//     return file.all();
//   }
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "definitions/place.hpp"

namespace davit {

// What kind of "no" this is; the command line turns it into an exit status.
enum class Failure {
  failed,   // it was tried and did not work
  misused,  // the caller asked for something that makes no sense
  refused,  // a rule says no
  busy,     // somebody else holds it
};

// message: a fact, lower case, no full stop after an id. hint: what to do next. Neither holds a
// secret. place: where in what people wrote, when it is about that.
struct Error {
  std::string message;
  std::string hint = {};
  Place place = {};
  Failure failure = Failure::failed;

  bool operator==(const Error&) const = default;
};

// What the caller got wrong.
inline Error misused(std::string message, std::string hint = {}) {
  return {std::move(message), std::move(hint), {}, Failure::misused};
}

struct Done {
  bool operator==(const Done&) const = default;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool has_value() const { return held_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // Only with a value.
  T& value() & { return std::get<0>(held_); }
  const T& value() const& { return std::get<0>(held_); }
  T&& value() && { return std::get<0>(std::move(held_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Only without one.
  const Error& error() const& { return std::get<1>(held_); }
  Error&& error() && { return std::get<1>(std::move(held_)); }

 private:
  std::variant<T, Error> held_;
};

using Outcome = Result<Done>;

#define DAVIT_CONCAT_(a, b) a##b
#define DAVIT_CONCAT(a, b) DAVIT_CONCAT_(a, b)
#define DAVIT_TRY_(name, declaration, ...)               \
  auto name = (__VA_ARGS__);                             \
  if (!name.has_value()) return std::move(name).error(); \
  declaration = std::move(name).value()

// DAVIT_TRY(auto x, f()): x is the value of f(), or f()'s error is returned from here.
#define DAVIT_TRY(declaration, ...) \
  DAVIT_TRY_(DAVIT_CONCAT(davit_try_, __LINE__), declaration, __VA_ARGS__)

// DAVIT_CHECK(f()): like DAVIT_TRY where the value is not wanted.
#define DAVIT_CHECK(...)                                                \
  do {                                                                  \
    if (auto davit_checked = (__VA_ARGS__); !davit_checked.has_value()) \
      return std::move(davit_checked).error();                          \
  } while (false)

}  // namespace davit
