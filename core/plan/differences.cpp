// SPDX-License-Identifier: MIT
// How two plans differ, in the words of the definition.
#include <fmt/format.h>

#include <algorithm>

#include "core/plan/plan.hpp"

namespace davit {

namespace {

using Lines = std::vector<std::string>;

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string shown(const Json& value) {
  const auto text = value.is_string() ? *value.string() : value.dump();
  if (is_digest(text)) return text.substr(0, 8) + "…";
  return text.size() > 60 ? text.substr(0, 57) + "…" : text;
}

void compare(const std::string& what, const Json& before, const Json& after, Lines& lines);

void compare_members(const std::string& what, const Json& before, const Json& after, Lines& lines) {
  for (const auto& [key, value] : before.members()) {
    if (key == "name") continue;
    if (!after.contains(key))
      lines.push_back(fmt::format("{} {} removed (was {})", what, key, shown(value)));
    else
      compare(what + " " + key, value, after[key], lines);
  }
  for (const auto& [key, value] : after.members())
    if (!before.contains(key))
      lines.push_back(fmt::format("{} {} added: {}", what, key, shown(value)));
}

const Json* named(const Json& list, const std::string& name) {
  for (const auto& item : list.items())
    if (item.text("name") == name) return &item;
  return nullptr;
}

// Lists of named things: artifacts and steps.
void compare_named(const std::string& noun, const Json& before, const Json& after, Lines& lines) {
  Lines order_before, order_after;
  for (const auto& item : before.items()) {
    const auto name = item.text("name");
    const auto* now = named(after, name);
    if (!now) {
      lines.push_back(fmt::format("{} {} removed", noun, name));
      continue;
    }
    order_before.push_back(name);
    compare_members(noun + " " + name, item, *now, lines);
  }
  for (const auto& item : after.items()) {
    if (named(before, item.text("name")))
      order_after.push_back(item.text("name"));
    else
      lines.push_back(fmt::format("{} {} added", noun, item.text("name")));
  }
  if (order_before != order_after) lines.push_back(fmt::format("{}s are in another order", noun));
}

void compare(const std::string& what, const Json& before, const Json& after, Lines& lines) {
  if (before == after) return;
  if (before.is_object() && after.is_object()) return compare_members(what, before, after, lines);
  lines.push_back(fmt::format("{} {} → {}", what, shown(before), shown(after)));
}

}  // namespace

std::vector<std::string> differences(const Json& before, const Json& after) {
  Lines lines;
  for (const char* key : {"release", "environment", "commit", "on_failure"})
    compare(key, before[key], after[key], lines);
  compare_named("artifact", before["artifacts"], after["artifacts"], lines);
  compare_named("step", before["steps"], after["steps"], lines);
  return lines;
}

}  // namespace davit
