// SPDX-License-Identifier: MIT
// The stored form of the state. `v` is the version of this form and of the rules of apply(): a
// state of another version is folded anew from the events.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "core/state/state.hpp"
#include "core/state/tables.hpp"

namespace davit {

namespace {

constexpr int kVersion = 2;

template <typename T>
std::string versioned(const T& value) {
  auto line = fmt::format("{{\"v\":{}", kVersion);
  record::write_members(line, value);
  line += '}';
  return line;
}

Outcome check_version(const Json& json, const char* what) {
  if (!is_of_another_version(json)) return Done{};
  return Error{fmt::format("{} is not of version {}", what, kVersion),
               "it was stored by another davit; use that one, or a newer one"};
}

}  // namespace

namespace record {

void Form<Stay>::write(std::string& out, const Stay& stay) {
  std::array<char, 64> text{};
  auto* at = text.data();
  auto* const end = at + text.size();
  const auto number = [&](char before, std::int64_t value) {
    *at++ = before;
    at = std::to_chars(at, end, value).ptr;
  };
  number('[', stay.release.value);
  number(',', stay.attempt);
  number(',', stay.since.time_since_epoch().count());
  if (stay.partial) number(',', 1);
  *at++ = ']';
  out.append(text.data(), at);
}

bool Form<Stay>::read(const Json& json, Stay& into, Fault& fault) {
  const auto& items = json.items();
  if (items.size() < 3) return fault.is("[release, attempt, milliseconds]");
  std::int64_t since = 0;
  if (!Form<ReleaseNumber>::read(items[0], into.release, fault)) return fault.in(0);
  if (!Form<int>::read(items[1], into.attempt, fault)) return fault.in(1);
  if (into.attempt < 1) return fault.is(kPositive.want) || fault.in(1);
  if (!Form<std::int64_t>::read(items[2], since, fault)) return fault.in(2);
  into.since = Instant(Duration(since));
  into.partial = items.size() > 3 && items[3].integer() == 1;
  return true;
}

}  // namespace record

bool is_of_another_version(const Json& json) { return json.integer("v") != kVersion; }

std::string encode(const State& state) { return versioned(state); }
std::string encode(const Release& release) { return versioned(release); }
Json to_json(const Release& release) {
  auto json = Json::parse(encode(release));
  return json ? *std::move(json) : Json();
}

Result<State> state(const Json& json) {
  DAVIT_CHECK(check_version(json, "the stored state"));
  return record::read<State>(json, "the stored state");
}

Result<Release> release(const Json& json) {
  DAVIT_CHECK(check_version(json, "the stored release"));
  return record::read<Release>(json, "the stored release");
}

}  // namespace davit
