// SPDX-License-Identifier: MIT
// A difference as a line for people.
#include <fmt/format.h>

#include <map>

#include "definitions/ascii.hpp"
#include "definitions/differences.hpp"

namespace davit {

namespace {

bool is_digest(const std::string& text) { return text.size() == 64 && ascii::hexadecimal(text); }

// At most so many bytes, not cut within a character.
std::string cut(const std::string& text, std::size_t width) {
  if (width == 0 || text.size() <= width) return text;
  auto end = width - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string shown_value(const Json& value, std::size_t width) {
  const auto text = value.is_string() ? *value.string() : value.dump();
  return width > 0 && is_digest(text) ? text.substr(0, 8) + "…" : cut(text, width);
}

// One of a list is called by the list's noun: steps.Migrate is "step Migrate".
std::string noun(const std::string& list) {
  static const std::map<std::string, std::string> nouns = {
      {"artifacts", "artifact"}, {"environments", "environment"},
      {"gates", "gate"},         {"phases", "phase"},
      {"steps", "step"},         {"variables", "variable"}};
  const auto found = nouns.find(list);
  return found == nouns.end() ? list : found->second;
}

// "production: step Smoke test retries"
std::string subject(const Difference& difference, std::size_t width) {
  const auto& path = difference.path;
  const bool inside = path.size() > 2 && path[0] == "environments";
  std::string out = inside ? path[1] + ":" : "";
  for (std::size_t at = inside ? 2 : 0; at < path.size(); ++at) {
    if (at > 0 && path[at] == path[at - 1]) continue;  // a check is called what its one key is
    const bool names = at + 1 < path.size() && !(difference.moved && at + 2 == path.size());
    out += (out.empty() ? "" : " ") + cut(names ? noun(path[at]) : path[at], width);
  }
  return out;
}

}  // namespace

std::string text(const Difference& difference, std::size_t width) {
  const auto what = subject(difference, width);
  const auto& before = difference.before;
  const auto& after = difference.after;
  if (difference.moved) return fmt::format("{} in another order", what);
  if (after.is_object()) return fmt::format("{} {}", what, before.is_null() ? "added" : "changed");
  if (before.is_object() && after.is_null()) return fmt::format("{} removed", what);
  if (after.is_null()) return fmt::format("{} removed (was {})", what, shown_value(before, width));
  if (before.is_null()) return fmt::format("{} added: {}", what, shown_value(after, width));
  return fmt::format("{} {} → {}", what, shown_value(before, width), shown_value(after, width));
}

}  // namespace davit
