// SPDX-License-Identifier: MIT
// changes: what a release changes. where: where a commit is now.
#include <fmt/format.h>

#include <set>

#include "cli/changes_words.hpp"
#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/pipeline.hpp"
#include "cli/table.hpp"
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

// Since what is live in an environment, or since the release before.
Result<Changes> found(Office& office, const ReleaseId& id,
                      const std::optional<std::string>& environment, Instant now) {
  auto& registry = office.registry();
  if (environment) {
    DAVIT_TRY(const auto seen,
              look_at(registry, {id.definition, id.number, *environment, {}}, now));
    return changes(registry, seen);
  }
  const ReleaseNumber previous{id.number.value - 1};
  DAVIT_TRY(const auto state, registry.ledger(id.definition).present({id.number, previous}));
  const auto* release = state.release(id.number);
  if (!release) return no_release(state, id);
  return changes(registry, id.definition, state.release(previous), *release);
}

Result<ExitStatus> show_changes(const ChangesOptions& options, Desk& desk) {
  const auto id = parse_release(options.release);
  if (!id)
    return Error{fmt::format("'{}' is no release", options.release),
                 "a release is written NAME/NUMBER",
                 {},
                 Failure::misused};
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto changed, found(*office, *id, options.environment, desk.clock.now()));
  if (desk.settings.json)
    print(desk, record("changes")
                    .set("release", text(*id))
                    .set_if("environment", changed.environment)
                    .set("changes", to_json(changed)));
  else
    desk.out.write(changes_text(changed, Detail::full, desk.out.style));
  return ExitStatus::done;
}

// Environments whose live release has the commit.
Result<std::vector<std::string>> places_of(Office& office, const std::string& definition,
                                           const std::string& commit, Instant now) {
  std::vector<std::string> out;
  DAVIT_TRY(const auto rules, office.registry().rules(definition));
  DAVIT_TRY(const auto state, office.registry().present(rules));
  std::set<std::string> names;
  for (const auto& [name, present] : state.environments) names.insert(name);
  for (const auto& name : by_pipeline(rules.definition, names)) {
    const auto* live = state.environment(name).live();
    const auto* release = live ? state.release(live->release) : nullptr;
    if (!release) continue;
    DAVIT_TRY(const bool in, office.repository.is_ancestor(commit, release->definition.commit));
    if (in)
      out.push_back(fmt::format("{} ({}/{}{}, {})", name, definition, live->release.value,
                                live->partial ? " in part" : "", when(live->since, now)));
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
          .summary = "what a release changes: commits, artifacts, values, definition",
          .examples = {{"davit changes storefront/17", "since the release before"},
                       {"davit changes storefront/17 production", "since what is live there"}},
          .declare = from(declare_changes, show_changes)};
}

Command where_command() {
  return {.name = "where",
          .group = CommandGroup::look,
          .summary = "where a commit is live now",
          .examples = {{"davit where 4be1c9d", "the environments that have it"}},
          .declare = from(declare_where, where)};
}

}  // namespace davit
