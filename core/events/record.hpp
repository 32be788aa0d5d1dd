// SPDX-License-Identifier: MIT
// Records: structs that are JSON objects. A table of members describes each one, once, for both
// directions, so that what is written is what is read:
//
//   constexpr auto members(const Lock*) {
//     return std::tuple(must("by", &Lock::by, kPerson), may("reason", &Lock::reason));
//   }
//
// `must`: always written; reading fails without it. `may`: written where it differs from a fresh
// record, which is what it is read as where it is absent. Members that no table names are ignored.
// Enumerations are words: `constexpr auto words(Colour)` lists them in the order of the values.
//
// Reading is total: whatever the JSON, the answer is a value or the first fault in it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/events/ids.hpp"
#include "definitions/instant.hpp"
#include "definitions/json.hpp"
#include "definitions/result.hpp"

namespace davit::record {

// What is wrong, and with which member: "steps[2].status" must be "a known word".
struct Fault {
  std::string path;
  std::string want;  // empty where the member is missing
};
using Faults = std::optional<Fault>;  // none: it was read

Fault inside(std::string_view key, Fault fault);
Error error(const std::string& what, const Fault& fault);

// What a value has to be, beyond its type.
template <typename Value>
struct Rule {
  bool (*holds)(const Value&) = nullptr;
  const char* want = "";
};

bool is_plain_name(const std::string&);
bool is_person(const std::string&);
bool is_object_id(const std::string&);
bool is_positive(const int&);
bool is_count(const int&);
bool is_size(const std::int64_t&);

inline constexpr Rule<std::string> kName{is_plain_name, "a name"};
inline constexpr Rule<std::string> kPerson{is_person, "an e-mail address"};
inline constexpr Rule<std::string> kObject{is_object_id, "a git object id"};
inline constexpr Rule<int> kPositive{is_positive, "a number from 1"};
inline constexpr Rule<int> kCount{is_count, "a number from 0"};
inline constexpr Rule<std::int64_t> kSize{is_size, "a number from 0"};

template <typename Owner, typename Value>
struct Member {
  const char* key;
  Value Owner::*where;
  bool required;
  Rule<Value> rule;
};

template <typename Owner, typename Value>
constexpr auto must(const char* key, Value Owner::*where,
                    Rule<std::type_identity_t<Value>> rule = {}) {
  return Member<Owner, Value>{key, where, true, rule};
}
template <typename Owner, typename Value>
constexpr auto may(const char* key, Value Owner::*where,
                   Rule<std::type_identity_t<Value>> rule = {}) {
  return Member<Owner, Value>{key, where, false, rule};
}

template <typename T>
struct Form;  // how a type is written and read

template <typename T>
void write_members(Json& into, const T& value) {
  const T fresh{};
  const auto write = [&](const auto& member) {
    const auto& held = value.*member.where;
    if (member.required || held != fresh.*member.where)
      into.set(member.key, Form<std::decay_t<decltype(held)>>::write(held));
  };
  std::apply([&](const auto&... member) { (write(member), ...); }, members(&value));
}

template <typename T, typename Owner, typename Value>
Faults read_member(const Json& from, T& into, const Member<Owner, Value>& member) {
  if (!from.contains(member.key)) {
    if (member.required) return Fault{member.key, ""};
    return std::nullopt;
  }
  Value& value = into.*member.where;
  if (auto fault = Form<Value>::read(from[member.key], value))
    return inside(member.key, std::move(*fault));
  if (member.rule.holds != nullptr && !member.rule.holds(value))
    return Fault{member.key, member.rule.want};
  return std::nullopt;
}

template <typename T>
Faults read_members(const Json& from, T& into) {
  if (!from.is_object()) return Fault{"", "an object"};
  Faults fault;
  const auto read = [&](const auto& member) {
    fault = read_member(from, into, member);
    return !fault;
  };
  std::apply([&](const auto&... member) { static_cast<void>((read(member) && ...)); },
             members(&into));
  return fault;
}

// Records, and enumerations.
template <typename T>
struct Form {
  static Json write(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return Json(words(value)[static_cast<std::size_t>(value)]);
    } else {
      Json json = Json::object();
      write_members(json, value);
      return json;
    }
  }
  static Faults read(const Json& json, T& into) {
    if constexpr (std::is_enum_v<T>) {
      return read_word(json, into);
    } else {
      return read_members(json, into);
    }
  }

 private:
  static Faults read_word(const Json& json, T& into) {
    const auto known = words(into);
    const std::string* word = json.string();
    for (std::size_t i = 0; word != nullptr && i < known.size(); ++i) {
      if (*word != known[i]) continue;
      into = static_cast<T>(i);
      return std::nullopt;
    }
    return Fault{"", "a word that this davit knows"};
  }
};

// The plain types. Numbers of ours are at most a thousand million, so that one can be added.
#define DAVIT_RECORD_PLAIN(type)                 \
  template <>                                    \
  struct Form<type> {                            \
    static Json write(const type& value);        \
    static Faults read(const Json&, type& into); \
  }
DAVIT_RECORD_PLAIN(bool);
DAVIT_RECORD_PLAIN(int);
DAVIT_RECORD_PLAIN(std::int64_t);
DAVIT_RECORD_PLAIN(std::string);
DAVIT_RECORD_PLAIN(Instant);        // RFC 3339
DAVIT_RECORD_PLAIN(Duration);       // whole milliseconds, not negative
DAVIT_RECORD_PLAIN(Digest);         // 64 hexadecimal digits
DAVIT_RECORD_PLAIN(EventId);        // 32 hexadecimal digits
DAVIT_RECORD_PLAIN(ReleaseNumber);  // from 1
using Values = std::vector<std::pair<std::string, std::string>>;
DAVIT_RECORD_PLAIN(Values);  // an object; the keys are names of variables
#undef DAVIT_RECORD_PLAIN

template <typename T>
struct Form<std::optional<T>> {  // what is empty is not written at all
  static Json write(const std::optional<T>& value) { return Form<T>::write(*value); }
  static Faults read(const Json& json, std::optional<T>& into) {
    return Form<T>::read(json, into.emplace());
  }
};

template <typename T>
struct Form<std::vector<T>> {
  static Json write(const std::vector<T>& values) {
    Json::Array items;
    items.reserve(values.size());
    for (const auto& value : values) items.push_back(Form<T>::write(value));
    return Json(std::move(items));
  }
  static Faults read(const Json& json, std::vector<T>& into) {
    if (!json.is_array()) return Fault{"", "a list"};
    for (const auto& item : json.items()) {
      if (auto fault = Form<T>::read(item, into.emplace_back()))
        return inside("[" + std::to_string(into.size() - 1) + "]", std::move(*fault));
    }
    return std::nullopt;
  }
};

template <typename T>
struct Form<std::map<std::string, T>> {  // by a name
  static Json write(const std::map<std::string, T>& values) {
    Json::Object entries;
    for (const auto& [name, value] : values) entries.emplace_back(name, Form<T>::write(value));
    return Json(std::move(entries));
  }
  static Faults read(const Json& json, std::map<std::string, T>& into) {
    if (!json.is_object()) return Fault{"", "an object"};
    for (const auto& [name, value] : json.members()) {
      if (!kName.holds(name)) return Fault{name, kName.want};
      if (auto fault = Form<T>::read(value, into[name])) return inside(name, std::move(*fault));
    }
    return std::nullopt;
  }
};

// A whole value. `what` is what the error calls it.
template <typename T>
Result<T> read(const Json& json, const std::string& what) {
  T value{};
  if (auto fault = Form<T>::read(json, value)) return error(what, *fault);
  return value;
}

}  // namespace davit::record
