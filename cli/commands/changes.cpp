// SPDX-License-Identifier: MIT
// changes: the commits a release brings. where: where a commit is now.
#include <fmt/format.h>

#include <sstream>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/when.hpp"

namespace davit {

namespace {

struct ChangesOptions {
  std::string release;
  std::optional<std::string> environment;
};

void declare_changes(Options& o, ChangesOptions& into) {
  o.positional("RELEASE", into.release, "NAME/NUMBER");
  o.positional("ENVIRONMENT", into.environment,
               "since what is live there; else since the release "
               "before");
}

struct WhereOptions {
  std::string commit;
};

void declare_where(Options& o, WhereOptions& into) {
  o.positional("COMMIT", into.commit, "a commit, branch or tag");
}

// What to compare with: live in the environment, or the release before.
ReleaseNumber since(const State& state, const ReleaseId& id, const ChangesOptions& options) {
  if (!options.environment) return {id.number.value - 1};
  const auto* live = state.environment(*options.environment).live();
  return live ? live->release : ReleaseNumber{0};
}

Json json_lines(const std::string& log) {
  Json out = Json::array();
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) out.push(line);
  return out;
}

Result<ExitStatus> changes(const ChangesOptions& options, Desk& desk) {
  const auto id = parse_release(options.release);
  if (!id)
    return Error{fmt::format("'{}' is no release", options.release),
                 "a release is written NAME/NUMBER",
                 {},
                 Failure::misused};
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto state, office->registry().ledger(id->definition).whole());
  const auto* release = state.release(id->number);
  if (!release)
    return Error{fmt::format("there is no release {}", text(*id)),
                 fmt::format("davit history {}", id->definition),
                 {},
                 Failure::misused};
  const auto* before = state.release(since(state, *id, options));
  const auto range = before ? before->definition.commit + ".." + release->definition.commit
                            : release->definition.commit;
  DAVIT_TRY(const auto log, office->repository.git({"log", "--format=%h %an: %s", range}));
  if (desk.settings.json) {
    Json told = record("changes").set("release", text(*id));
    if (before) told.set("since", text(ReleaseId{id->definition, before->number}));
    print(desk, told.set("commits", json_lines(log)));
    return ExitStatus::done;
  }
  if (log.empty()) {
    desk.out.line("no commits");
    return ExitStatus::done;
  }
  desk.out.line("{}", terminal_text(log));
  return ExitStatus::done;
}

// Environments whose live release has the commit.
Result<std::vector<std::string>> places_of(Office& office, const std::string& definition,
                                           const std::string& commit, Instant now) {
  std::vector<std::string> out;
  DAVIT_TRY(const auto rules, office.registry().rules(definition));
  DAVIT_TRY(const auto state, office.registry().present(rules));
  for (const auto& [name, present] : state.environments) {
    const auto* live = present.live();
    const auto* release = live ? state.release(live->release) : nullptr;
    if (!release) continue;
    DAVIT_TRY(const bool in, office.repository.is_ancestor(commit, release->definition.commit));
    if (in)
      out.push_back(fmt::format("{} ({}/{}, {})", name, definition, live->release.value,
                                when(live->since, now)));
  }
  return out;
}

Result<ExitStatus> where(const WhereOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto commit, office->repository.resolve(options.commit));
  if (!commit)
    return Error{fmt::format("there is no commit '{}'", options.commit),
                 "git log shows them",
                 {},
                 Failure::misused};
  Json told = Json::object();
  TextTable table;
  for (const auto& definition : office->registry().definitions()) {
    DAVIT_TRY(const auto places, places_of(*office, definition, *commit, desk.clock.now()));
    Json list = Json::array();
    for (const auto& place : places) list.push(place);
    told.set(definition, list);
    table.row(
        {definition, places.empty() ? "nowhere yet" : fmt::format("{}", fmt::join(places, ", "))});
  }
  if (desk.settings.json)
    print(desk, record("where").set("commit", *commit).set("live_in", told));
  else
    desk.out.write(table.render(desk.out.style));
  return ExitStatus::done;
}

}  // namespace

Command changes_command() {
  return {.name = "changes",
          .group = CommandGroup::look,
          .summary = "the commits a release brings",
          .examples = {{"davit changes storefront/17", "since the release before"},
                       {"davit changes storefront/17 production", "since what is live there"}},
          .declare = from(declare_changes, changes)};
}

Command where_command() {
  return {.name = "where",
          .group = CommandGroup::look,
          .summary = "where a commit is live now",
          .examples = {{"davit where 4be1c9d", "the environments that have it"}},
          .declare = from(declare_where, where)};
}

}  // namespace davit
