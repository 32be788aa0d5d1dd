// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/progress.hpp"
#include "cli/words.hpp"
#include "core/artifacts/collect.hpp"

namespace davit {

namespace {

struct GcOptions {
  bool dry_run = false;
};

void declare(Options& o, GcOptions& into) {
  o.flag("--dry-run", into.dry_run, "only say what would go");
}

// Every ledger here, whole: an artifact goes only when nobody needs it. A definition that is gone
// or can't be read keeps what it has as the defaults say.
struct Whole {
  std::vector<State> states;
  std::vector<Retain> retains;
};

Result<Whole> read_all(Office& office) {
  Whole out;
  DAVIT_TRY(const auto names, ledgers(office.repository));
  for (const auto& name : names) {
    DAVIT_TRY(auto state, office.registry().ledger(name).whole());
    const auto rules = office.registry().rules(name);
    out.states.push_back(std::move(state));
    out.retains.push_back(rules ? rules->definition.retain : Retain{});
  }
  return out;
}

Result<ExitStatus> collect_garbage(const GcOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto whole, read_all(*office));
  std::vector<History> histories;
  for (std::size_t i = 0; i < whole.states.size(); ++i)
    histories.push_back({whole.states[i], whole.retains[i]});
  const auto folder = office->repository.private_directory();
  Store store(folder);
  DAVIT_TRY(const auto gone,
            collect(store, histories, {folder, desk.clock.now(), options.dry_run}));
  std::int64_t bytes = 0;
  Json told = Json::array();
  for (const auto& one : gone) {
    bytes += one.bytes;
    told.push(Json::object().set("what", one.what).set("bytes", one.bytes));
    if (!desk.settings.json) desk.out.line("{}  {}", one.what, size_text(one.bytes));
  }
  if (desk.settings.json)
    print(desk, record("gc").set("dry_run", options.dry_run).set("collected", told));
  else if (gone.empty())
    desk.out.line("nothing to drop");
  else
    desk.out.line("{} {}: {}", options.dry_run ? "would drop" : "dropped",
                  counted(static_cast<std::int64_t>(gone.size()), "thing"), size_text(bytes));
  return ExitStatus::done;
}

}  // namespace

Command gc_command() {
  return {.name = "gc",
          .group = CommandGroup::around,
          .summary = "drop artifacts and logs that no release needs any more",
          .about =
              "By the definitions' `retain`. Never what is live, under way, waited for, or "
              "what a rollback goes back to. The ledger keeps every fact.",
          .examples = {{"davit gc --dry-run", "what would go"}},
          .declare = from(declare, collect_garbage)};
}

}  // namespace davit
