// SPDX-License-Identifier: MIT
#include "core/events/record.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "definitions/name.hpp"

namespace davit::record {

namespace {

constexpr std::int64_t kLargestNumber = 1'000'000'000;

bool is_hex(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Faults read_hex(const Json& json, std::size_t digits, const char* want, std::string& into) {
  const std::string* word = json.string();
  if (word == nullptr || word->size() != digits || !is_hex(*word)) return Fault{"", want};
  into = *word;
  return std::nullopt;
}

}  // namespace

bool is_plain_name(const std::string& word) { return is_name(word); }
bool is_positive(const int& number) { return number > 0; }
bool is_count(const int& number) { return number >= 0; }
bool is_size(const std::int64_t& number) { return number >= 0; }

bool is_object_id(const std::string& word) {
  return (word.size() == 40 || word.size() == 64) && is_hex(word);
}

// What git keeps between < and > in an author line.
bool is_person(const std::string& word) {
  return !word.empty() && word.size() <= 320 && std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '<' && c != '>' && c != '\x7f';
  });
}

Fault inside(std::string_view key, Fault fault) {
  const bool joined = fault.path.empty() || fault.path.front() == '[';
  fault.path = fmt::format("{}{}{}", key, joined ? "" : ".", fault.path);
  return fault;
}

Error error(const std::string& what, const Fault& fault) {
  if (fault.want.empty()) return {fmt::format("{} has no '{}'", what, fault.path)};
  if (fault.path.empty()) return {fmt::format("{} is not {}", what, fault.want)};
  return {fmt::format("{}: '{}' is not {}", what, fault.path, fault.want)};
}

Json Form<bool>::write(const bool& value) { return Json(value); }
Faults Form<bool>::read(const Json& json, bool& into) {
  const auto value = json.boolean();
  if (!value) return Fault{"", "true or false"};
  into = *value;
  return std::nullopt;
}

Json Form<int>::write(const int& value) { return Json(value); }
Faults Form<int>::read(const Json& json, int& into) {
  const auto value = json.integer();
  if (!value || *value > kLargestNumber || *value < -kLargestNumber)
    return Fault{"", "a whole number in range"};
  into = static_cast<int>(*value);
  return std::nullopt;
}

Json Form<std::int64_t>::write(const std::int64_t& value) { return Json(value); }
Faults Form<std::int64_t>::read(const Json& json, std::int64_t& into) {
  const auto value = json.integer();
  if (!value) return Fault{"", "a whole number"};
  into = *value;
  return std::nullopt;
}

Json Form<std::string>::write(const std::string& value) { return Json(value); }
Faults Form<std::string>::read(const Json& json, std::string& into) {
  if (json.string() == nullptr) return Fault{"", "a text"};
  into = *json.string();
  return std::nullopt;
}

Json Form<Instant>::write(const Instant& value) { return Json(text(value)); }
Faults Form<Instant>::read(const Json& json, Instant& into) {
  const auto value = json.string() ? parse_instant(*json.string()) : std::nullopt;
  if (!value) return Fault{"", "a moment such as 2026-11-22T14:03:07.123Z"};
  into = *value;
  return std::nullopt;
}

Json Form<Duration>::write(const Duration& value) {
  return Json(static_cast<std::int64_t>(value.count()));
}
Faults Form<Duration>::read(const Json& json, Duration& into) {
  const auto value = json.integer();
  if (!value || *value < 0) return Fault{"", "a number of milliseconds"};
  into = Duration(*value);
  return std::nullopt;
}

Json Form<Digest>::write(const Digest& value) { return Json(value.hex); }
Faults Form<Digest>::read(const Json& json, Digest& into) {
  return read_hex(json, 64, "a SHA-256 digest", into.hex);
}

Json Form<EventId>::write(const EventId& value) { return Json(value.value); }
Faults Form<EventId>::read(const Json& json, EventId& into) {
  return read_hex(json, 32, "an event's id", into.value);
}

Json Form<ReleaseNumber>::write(const ReleaseNumber& value) { return Json(value.value); }
Faults Form<ReleaseNumber>::read(const Json& json, ReleaseNumber& into) {
  if (Form<int>::read(json, into.value) || into.value < 1) return Fault{"", "a release's number"};
  return std::nullopt;
}

Json Form<Values>::write(const Values& values) {
  Json::Object members;
  for (const auto& [name, value] : values) members.emplace_back(name, Json(value));
  return Json(std::move(members));
}
Faults Form<Values>::read(const Json& json, Values& into) {
  if (!json.is_object()) return Fault{"", "an object"};
  for (const auto& [name, value] : json.members()) {
    if (!is_variable_name(name)) return Fault{name, "a variable's name"};
    if (value.string() == nullptr) return Fault{name, "a text"};
    into.emplace_back(name, *value.string());
  }
  return std::nullopt;
}

}  // namespace davit::record
