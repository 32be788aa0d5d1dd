// SPDX-License-Identifier: MIT
#include "definitions/team.hpp"

#include <algorithm>

#include "definitions/ascii.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

template <typename Thing>
const Thing* named(const std::vector<Thing>& things, const std::string& name) {
  const auto found = std::find_if(things.begin(), things.end(),
                                  [&name](const Thing& thing) { return thing.name == name; });
  return found == things.end() ? nullptr : &*found;
}

// Addresses differ in case by accident only.
std::string folded(const std::string& text) { return ascii::lowered(text); }

bool is_one_of(const std::vector<Principal>& people, const std::string& folded_person) {
  return std::any_of(people.begin(), people.end(), [&](const Principal& one) {
    return !one.is_group() && glob_matches(folded(one.text), folded_person);
  });
}

}  // namespace

const Group* Team::group(const std::string& name) const { return named(groups, name); }

const Target* Team::target(const std::string& name) const { return named(targets, name); }

bool matches(const Team& team, const Principals& principals, const std::string& person) {
  const auto somebody = folded(person);
  if (somebody.empty()) return false;
  if (is_one_of(principals, somebody)) return true;
  return std::any_of(principals.begin(), principals.end(), [&](const Principal& one) {
    const auto* group = one.is_group() ? team.group(one.group()) : nullptr;
    return group && is_one_of(group->members, somebody);
  });
}

}  // namespace davit
