// SPDX-License-Identifier: MIT
// What a Json holds, and how it is looked at. Reading and writing text is in json.cpp.
#include <algorithm>
#include <charconv>
#include <limits>

#include "definitions/json.hpp"

namespace davit {

namespace {

const Json kNull;
const Json::Array kNoItems;
const Json::Object kNoMembers;

// One token of a JSON pointer with ~0 and ~1 put back; nothing where a ~ means neither.
std::optional<std::string> unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
      continue;
    }
    if (++i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
    out += token[i] == '0' ? '~' : '/';
  }
  return out;
}

const Json* item_at(const Json::Array& items, std::string_view digits) {
  std::size_t index = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, index);
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  if (error != std::errc{} || stop != end || leading_zero || index >= items.size()) return nullptr;
  return &items[index];
}

const Json* child(const Json& parent, std::string_view token) {
  const auto key = unescaped(token);
  if (!key) return nullptr;
  if (parent.is_array()) return item_at(parent.items(), *key);
  return parent.contains(*key) ? &parent[*key] : nullptr;
}

bool worth_saying(const Json& value) {
  if (value.is_null() || value.boolean() == false) return false;
  if (const auto* text = value.string()) return !text->empty();
  if (value.is_array()) return !value.items().empty();
  return !value.is_object() || !value.members().empty();
}

}  // namespace

Json::Json(std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    value_ = static_cast<std::int64_t>(value);
  else
    value_ = static_cast<double>(value);
}

bool Json::is_number() const {
  return std::holds_alternative<std::int64_t>(value_) || std::holds_alternative<double>(value_);
}

std::optional<std::int64_t> Json::integer() const {
  const auto* value = std::get_if<std::int64_t>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<double> Json::number() const {
  if (const auto* value = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*value);
  const auto* value = std::get_if<double>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<bool> Json::boolean() const {
  const auto* value = std::get_if<bool>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

const Json::Array& Json::items() const {
  const auto* value = std::get_if<Array>(&value_);
  return value ? *value : kNoItems;
}

const Json::Object& Json::members() const {
  const auto* value = std::get_if<Object>(&value_);
  return value ? *value : kNoMembers;
}

const Json& Json::operator[](std::string_view key) const {
  for (const auto& [name, value] : members())
    if (name == key) return value;
  return kNull;
}

bool Json::contains(std::string_view key) const {
  return std::any_of(members().begin(), members().end(),
                     [key](const Member& member) { return member.first == key; });
}

std::string Json::text(std::string_view key, std::string_view otherwise) const {
  const auto* value = (*this)[key].string();
  return value ? *value : std::string(otherwise);
}

std::int64_t Json::integer(std::string_view key, std::int64_t otherwise) const {
  return (*this)[key].integer().value_or(otherwise);
}

bool Json::flag(std::string_view key, bool otherwise) const {
  return (*this)[key].boolean().value_or(otherwise);
}

Json& Json::set(std::string_view key, Json value) {
  if (!is_object()) value_ = Object{};
  auto& members = std::get<Object>(value_);
  const auto found = std::find_if(members.begin(), members.end(),
                                  [key](const Member& member) { return member.first == key; });
  if (found != members.end())
    found->second = std::move(value);
  else
    members.emplace_back(key, std::move(value));
  return *this;
}

Json& Json::set_if(std::string_view key, Json value) {
  return worth_saying(value) ? set(key, std::move(value)) : *this;
}

void Json::push(Json value) {
  if (!is_array()) value_ = Array{};
  std::get<Array>(value_).push_back(std::move(value));
}

const Json* Json::at_pointer(std::string_view pointer) const {
  const Json* here = this;
  while (here && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const auto token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    here = child(*here, token);
  }
  return here;
}

}  // namespace davit
