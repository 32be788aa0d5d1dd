// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <iterator>
#include <map>
#include <string>

#include "definitions/reader.hpp"

namespace davit {

namespace {

class Merge {
 public:
  Reading<Team> merged;

  void add(Reading<Team> file) {
    Team& from = file.value;
    Team& to = merged.value;
    std::move(file.mistakes.begin(), file.mistakes.end(), std::back_inserter(merged.mistakes));
    if (from.ledger.place.known() && fresh("ledger", "", from.ledger.place))
      to.ledger = std::move(from.ledger);
    if (from.ssh && fresh("ssh", "", from.ssh->place)) to.ssh = std::move(from.ssh);
    append("group", from.groups, to.groups);
    append("permission", from.permissions, to.permissions);
    append("target", from.targets, to.targets);
    append("freeze", from.freezes, to.freezes);
    append("notification", from.notifications, to.notifications);
    append("gate", from.gates, to.gates);
  }

 private:
  template <typename Thing>
  void append(const char* what, std::vector<Thing>& from, std::vector<Thing>& to) {
    for (Thing& thing : from)
      if (fresh(what, thing.name, thing.place)) to.push_back(std::move(thing));
  }

  // Whether it is the first of its name; otherwise a mistake.
  bool fresh(const std::string& what, const std::string& name, const Place& place) {
    const auto [first, is_new] = seen_.emplace(what + " " + name, place);
    if (is_new) return true;
    const std::string called =
        name.empty() ? fmt::format("[{}]", what) : fmt::format("{} '{}'", what, name);
    const auto length = static_cast<int>(name.empty() ? what.size() : name.size());
    merged.mistakes.push_back({place, fmt::format("{} is defined twice", called),
                               fmt::format("first in {}", text(first->second)), length});
    return false;
  }

  std::map<std::string, Place> seen_;
};

}  // namespace

Reading<Team> merge_teams(std::vector<Reading<Team>> files) {
  Merge merge;
  for (Reading<Team>& file : files) merge.add(std::move(file));
  return std::move(merge.merged);
}

}  // namespace davit
