// SPDX-License-Identifier: MIT
// Records: structs that are JSON objects. A list of members describes each one, once, for both
// directions, so that what is written is what is read:
//
//   template <typename Each>
//   void members(const Lock*, Each&& each) {
//     each(must("by", &Lock::by, kPerson));
//     each(may("reason", &Lock::reason));
//   }
//
// `must`: always written; reading fails without it. `may`: written where it differs from a fresh
// record, which is what it is read as where it is absent. Members that no list names are ignored.
// They are written as text, on one line, in the order of the list.
// Enumerations are words: `constexpr auto words(Colour)` lists them in the order of the values.
//
// Reading is total: whatever the JSON, the answer is a value or the first fault in it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/events/ids.hpp"
#include "definitions/instant.hpp"
#include "definitions/json.hpp"
#include "definitions/result.hpp"

namespace davit::record {

// What is wrong, and with which member: "steps[2].status" is not "a whole number".
struct Fault {
  std::string path;
  std::string want;  // empty where the member is missing

  bool is(const char* wanted);                 // always false: it was not read
  bool in(std::string_view key);               // the same, one level up
  bool in(std::size_t index);                  //
  Error error(const std::string& what) const;  // `what` is the whole
};

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

const Json* find(const Json& object, std::string_view key);  // null where it has none

// What stands before the next of several: nothing before the first.
inline void separate(std::string& out) {
  if (out.back() != '{' && out.back() != '[') out += ',';
}

template <typename T>
class Writer {
 public:
  Writer(std::string& out, const T& value) : out_(out), value_(value) {}
  template <typename Owner, typename Value>
  void operator()(const Member<Owner, Value>& member) {
    static const T kFresh{};
    const Value& held = value_.*member.where;
    if (!member.required && held == kFresh.*member.where) return;
    separate(out_);
    out_.append(1, '"').append(member.key).append("\":");
    Form<Value>::write(out_, held);
  }

 private:
  std::string& out_;
  const T& value_;
};

template <typename T>
class Reader {
 public:
  Reader(const Json& from, T& into, Fault& fault) : from_(from), into_(into), fault_(fault) {}
  template <typename Owner, typename Value>
  void operator()(const Member<Owner, Value>& member) {
    if (good_) good_ = read(member.key, into_.*member.where, member.required, member.rule);
  }
  bool good() const { return good_; }

 private:
  template <typename Value>
  bool read(const char* key, Value& value, bool required, const Rule<Value>& rule) {
    const Json* held = find(from_, key);
    if (held == nullptr) return !required || fault_.in(key);
    if (!Form<Value>::read(*held, value, fault_)) return fault_.in(key);
    if (rule.holds == nullptr || rule.holds(value)) return true;
    fault_.is(rule.want);
    return fault_.in(key);
  }

  const Json& from_;
  T& into_;
  Fault& fault_;
  bool good_ = true;
};

// Behind the brace that opens the object, or behind other members of it.
template <typename T>
void write_members(std::string& out, const T& value) {
  members(&value, Writer<T>(out, value));
}

template <typename T>
bool read_members(const Json& from, T& into, Fault& fault) {
  if (!from.is_object()) return fault.is("an object");
  Reader<T> reader(from, into, fault);
  members(&into, reader);
  return reader.good();
}

// Records, and enumerations.
template <typename T>
struct Form {
  static void write(std::string& out, const T& value) {
    if constexpr (std::is_enum_v<T>) {
      append_json(out, words(value)[static_cast<std::size_t>(value)]);
    } else {
      out += '{';
      write_members(out, value);
      out += '}';
    }
  }
  static bool read(const Json& json, T& into, Fault& fault) {
    if constexpr (std::is_enum_v<T>) {
      return read_word(json, into, fault);
    } else {
      return read_members(json, into, fault);
    }
  }

 private:
  static bool read_word(const Json& json, T& into, Fault& fault) {
    const auto known = words(into);
    const std::string* word = json.string();
    for (std::size_t i = 0; word != nullptr && i < known.size(); ++i) {
      if (*word != known[i]) continue;
      into = static_cast<T>(i);
      return true;
    }
    return fault.is("a word that this davit knows");
  }
};

// The plain types. Numbers of ours are at most a thousand million, so that one can be added.
#define DAVIT_RECORD_PLAIN(type)                             \
  template <>                                                \
  struct Form<type> {                                        \
    using Value = type;                                      \
    static void write(std::string& out, const Value& value); \
    static bool read(const Json&, Value& into, Fault&);      \
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

template <typename T>
struct Form<std::optional<T>> {  // what is empty is not written at all
  static void write(std::string& out, const std::optional<T>& value) {
    Form<T>::write(out, *value);
  }
  static bool read(const Json& json, std::optional<T>& into, Fault& fault) {
    return Form<T>::read(json, into.emplace(), fault);
  }
};

template <typename T>
struct Form<std::vector<T>> {
  static void write(std::string& out, const std::vector<T>& values) {
    out += '[';
    for (const auto& value : values) {
      separate(out);
      Form<T>::write(out, value);
    }
    out += ']';
  }
  static bool read(const Json& json, std::vector<T>& into, Fault& fault) {
    if (!json.is_array()) return fault.is("a list");
    for (const auto& item : json.items())
      if (!Form<T>::read(item, into.emplace_back(), fault)) return fault.in(into.size() - 1);
    return true;
  }
};

template <typename T>
struct Form<std::map<std::string, T>> {  // by a name
  static void write(std::string& out, const std::map<std::string, T>& values) {
    out += '{';
    for (const auto& [name, value] : values) {
      separate(out);
      append_json(out, name);
      out += ':';
      Form<T>::write(out, value);
    }
    out += '}';
  }
  static bool read(const Json& json, std::map<std::string, T>& into, Fault& fault) {
    if (!json.is_object()) return fault.is("an object");
    for (const auto& [name, value] : json.members()) {
      if (!is_plain_name(name)) return fault.is(kName.want) || fault.in(name);
      if (!Form<T>::read(value, into[name], fault)) return fault.in(name);
    }
    return true;
  }
};

// A whole value as text, and as Json.
template <typename T>
std::string written(const T& value) {
  std::string out;
  Form<T>::write(out, value);
  return out;
}
template <typename T>
Json to_json(const T& value) {
  auto json = Json::parse(written(value));
  return json ? *std::move(json) : Json();
}

// A whole value. `what` is what the error calls it.
template <typename T>
Result<T> read(const Json& json, const std::string& what) {
  T value{};
  Fault fault;
  if (!Form<T>::read(json, value, fault)) return fault.error(what);
  return value;
}

}  // namespace davit::record
