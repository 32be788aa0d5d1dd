// SPDX-License-Identifier: MIT
// A JSON value. The one door to nlohmann/json: it parses and writes, this holds.
//
// Objects keep the order they were made in, so that the same facts give the same bytes.
// Numbers are 64-bit integers or doubles. Text is UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "definitions/result.hpp"

namespace davit {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;                                 // null
  Json(std::nullptr_t) {}                           // NOLINT: implicit
  Json(bool value) : value_(value) {}               // NOLINT: implicit
  Json(int value) : value_(std::int64_t{value}) {}  // NOLINT: implicit
  Json(std::int64_t value) : value_(value) {}       // NOLINT: implicit
  Json(std::uint64_t value);  // NOLINT: implicit; a double where it is beyond 64 bits with a sign
  Json(double value) : value_(value) {}                         // NOLINT: implicit
  Json(const char* value) : value_(std::string(value)) {}       // NOLINT: implicit
  Json(std::string value) : value_(std::move(value)) {}         // NOLINT: implicit
  Json(std::string_view value) : value_(std::string(value)) {}  // NOLINT: implicit
  Json(Array value) : value_(std::move(value)) {}               // NOLINT: implicit
  Json(Object value) : value_(std::move(value)) {}              // NOLINT: implicit

  static Json array() { return Json(Array{}); }
  static Json object() { return Json(Object{}); }

  bool is_null() const { return value_.index() == 0; }
  bool is_object() const { return std::holds_alternative<Object>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_number() const;

  // What is there, or nothing when it is of another kind.
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;
  std::optional<bool> boolean() const;
  const Array& items() const;     // empty where it is no array
  const Object& members() const;  // empty where it is no object

  // The member of this name; a null where there is none.
  const Json& operator[](std::string_view key) const;
  bool contains(std::string_view key) const;
  std::string text(std::string_view key, std::string_view otherwise = "") const;
  std::int64_t integer(std::string_view key, std::int64_t otherwise = 0) const;
  bool flag(std::string_view key, bool otherwise = false) const;

  // Adds a member at the end, or replaces the one of this name. Makes a null an object.
  Json& set(std::string_view key, Json value);
  // As set, where the value is worth saying: not null, empty, or false.
  Json& set_if(std::string_view key, Json value);
  void push(Json value);  // makes a null an array

  // The value a JSON pointer (RFC 6901) leads to; null pointer where there is none.
  const Json* at_pointer(std::string_view pointer) const;

  // One line; or indented by two for people. Bytes that are no UTF-8 are written as U+FFFD, and
  // what is no finite number as null: writing never fails.
  std::string dump() const;
  std::string pretty() const;

  // At most 64 levels deep; a repeated key, invalid UTF-8 or anything behind the value is an error.
  // An integer beyond 64 bits becomes a double. An error's place has a line and column, no file.
  static Result<Json> parse(std::string_view text);

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Appends a text as JSON writes it, with its quotation marks: what dump() does with one.
void append_json(std::string& out, std::string_view text);

}  // namespace davit
