// SPDX-License-Identifier: MIT
#include "definitions/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "definitions/name.hpp"
#include "definitions/notes.hpp"

namespace davit {

namespace {

constexpr std::size_t kListed = 6;  // names that a hint lists; of more it names the nearest

}  // namespace

Findings::Findings(std::vector<Mistake> so_far) : mistakes_(std::move(so_far)) {
  for (const auto& mistake : mistakes_) flawed_.insert(mistake.place.file);
}

void Findings::add(const Place& place, std::string_view meant, std::string message,
                   std::string hint) {
  mistakes_.push_back({place, std::move(message), std::move(hint), std::max(1, characters(meant))});
}

void Findings::add_consequence(const Place& place, std::string_view meant, std::string message,
                               std::string hint) {
  if (!flawed(place.file)) add(place, meant, std::move(message), std::move(hint));
}

std::vector<Mistake> Findings::take() {
  std::stable_sort(mistakes_.begin(), mistakes_.end(), [](const Mistake& a, const Mistake& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) <
           std::tie(b.place.file, b.place.line, b.place.column);
  });
  return std::move(mistakes_);
}

void Names::add(const std::string& name, const Place& place) {
  if (places_.emplace(name, place).second) order_.push_back(&name);
}

void Names::require(const std::string& name, const Place& place, Findings& findings,
                    const char* prefix) const {
  if (has(name) || (incomplete_ && order_.empty())) return;
  findings.add(place, prefix + name, fmt::format("{} '{}' is not defined", kind_, name),
               hint(name, place));
}

std::string Names::hint(const std::string& name, const Place& place) const {
  if (order_.empty()) return otherwise_;
  std::vector<std::string> known;
  for (const auto* one : order_) known.push_back(*one);
  const auto meant = nearest(name, known);
  const auto& there = places_.at(meant.empty() ? known.front() : meant);
  // In the same file the names are before the reader's eyes already.
  const bool elsewhere = there.known() && there.file != place.file;
  const auto where = elsewhere ? fmt::format(" ({}:{})", there.file, there.line) : "";
  if (known.size() <= kListed)
    return fmt::format("defined {}s: {}{}", kind_, fmt::join(known, ", "), where);
  if (!meant.empty()) return fmt::format("did you mean '{}'?{}", meant, where);
  return fmt::format("{} {}s are defined{}", known.size(), kind_, where);
}

}  // namespace davit
