// SPDX-License-Identifier: MIT
#include "core/events/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "definitions/ascii.hpp"
#include "definitions/name.hpp"

namespace davit::record {

namespace {

constexpr std::int64_t kLargestNumber = 1'000'000'000;

bool read_hex(const Json& json, std::size_t digits, std::string& into) {
  const std::string* word = json.string();
  if (word == nullptr || word->size() != digits || !ascii::hexadecimal(*word)) return false;
  into = *word;
  return true;
}

}  // namespace

bool is_plain_name(const std::string& word) { return is_name(word); }
bool is_positive(const int& number) { return number > 0; }
bool is_count(const int& number) { return number >= 0; }
bool is_size(const std::int64_t& number) { return number >= 0; }

bool is_object_id(const std::string& word) {
  return (word.size() == 40 || word.size() == 64) && ascii::hexadecimal(word);
}

// What git keeps between < and > in an author line.
bool is_person(const std::string& word) {
  return !word.empty() && word.size() <= 320 && std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '<' && c != '>' && c != '\x7f';
  });
}

bool Fault::is(const char* wanted) {
  want = wanted;
  return false;
}

bool Fault::in(std::string_view key) {
  const bool joined = path.empty() || path.front() == '[';
  path = fmt::format("{}{}{}", key, joined ? "" : ".", path);
  return false;
}

bool Fault::in(std::size_t index) { return in(fmt::format("[{}]", index)); }

Error Fault::error(const std::string& what) const {
  if (want.empty()) return {fmt::format("{} has no '{}'", what, path)};
  if (path.empty()) return {fmt::format("{} is not {}", what, want)};
  return {fmt::format("{}: '{}' is not {}", what, path, want)};
}

const Json* find(const Json& object, std::string_view key) {
  for (const auto& [name, value] : object.members())
    if (name == key) return &value;
  return nullptr;
}

void Form<bool>::write(std::string& out, const bool& value) { out += value ? "true" : "false"; }
bool Form<bool>::read(const Json& json, bool& into, Fault& fault) {
  const auto value = json.boolean();
  if (!value) return fault.is("true or false");
  into = *value;
  return true;
}

void Form<int>::write(std::string& out, const int& value) { out += fmt::format_int(value).c_str(); }
bool Form<int>::read(const Json& json, int& into, Fault& fault) {
  const auto value = json.integer();
  if (!value || *value > kLargestNumber || *value < -kLargestNumber)
    return fault.is("a whole number in range");
  into = static_cast<int>(*value);
  return true;
}

void Form<std::int64_t>::write(std::string& out, const std::int64_t& value) {
  out += fmt::format_int(value).c_str();
}
bool Form<std::int64_t>::read(const Json& json, std::int64_t& into, Fault& fault) {
  const auto value = json.integer();
  if (!value) return fault.is("a whole number");
  into = *value;
  return true;
}

void Form<std::string>::write(std::string& out, const std::string& value) {
  append_json(out, value);
}
bool Form<std::string>::read(const Json& json, std::string& into, Fault& fault) {
  if (json.string() == nullptr) return fault.is("a text");
  into = *json.string();
  return true;
}

void Form<Instant>::write(std::string& out, const Instant& value) { append_json(out, text(value)); }
bool Form<Instant>::read(const Json& json, Instant& into, Fault& fault) {
  const auto value = json.string() ? parse_instant(*json.string()) : std::nullopt;
  if (!value) return fault.is("a moment such as 2026-11-22T14:03:07.123Z");
  into = *value;
  return true;
}

void Form<Duration>::write(std::string& out, const Duration& value) {
  out += fmt::format_int(static_cast<std::int64_t>(value.count())).c_str();
}
bool Form<Duration>::read(const Json& json, Duration& into, Fault& fault) {
  const auto value = json.integer();
  if (!value || *value < 0) return fault.is("a number of milliseconds");
  into = Duration(*value);
  return true;
}

void Form<Digest>::write(std::string& out, const Digest& value) { append_json(out, value.hex); }
bool Form<Digest>::read(const Json& json, Digest& into, Fault& fault) {
  return read_hex(json, 64, into.hex) || fault.is("a SHA-256 digest");
}

void Form<EventId>::write(std::string& out, const EventId& value) { append_json(out, value.value); }
bool Form<EventId>::read(const Json& json, EventId& into, Fault& fault) {
  return read_hex(json, 32, into.value) || fault.is("an event's id");
}

void Form<ReleaseNumber>::write(std::string& out, const ReleaseNumber& value) {
  out += fmt::format_int(value.value).c_str();
}
bool Form<ReleaseNumber>::read(const Json& json, ReleaseNumber& into, Fault& fault) {
  if (!Form<int>::read(json, into.value, fault) || into.value < 1)
    return fault.is("a release's number");
  return true;
}

void Form<Values>::write(std::string& out, const Values& values) {
  out += '{';
  for (const auto& [name, value] : values) {
    separate(out);
    append_json(out, name);
    out += ':';
    append_json(out, value);
  }
  out += '}';
}
bool Form<Values>::read(const Json& json, Values& into, Fault& fault) {
  if (!json.is_object()) return fault.is("an object");
  for (const auto& [name, value] : json.members()) {
    if (!is_variable_name(name)) return fault.is("a variable's name") || fault.in(name);
    if (value.string() == nullptr) return fault.is("a text") || fault.in(name);
    into.emplace_back(name, *value.string());
  }
  return true;
}

}  // namespace davit::record
