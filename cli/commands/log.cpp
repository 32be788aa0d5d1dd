// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/terminal_text.hpp"
#include "core/files/files.hpp"
#include "core/runner/journal.hpp"

namespace davit {

namespace {

struct LogOptions {
  std::vector<std::string> what;
  std::optional<int> attempt;
};

void declare(Options& o, LogOptions& into) {
  o.positional("RELEASE ENVIRONMENT", into.what, "NAME/NUMBER and where");
  o.value("--attempt N", into.attempt, "of several; the newest unless told");
}

std::vector<Subject> tried_ones(const Rules& rules, const State& state, const Meant& meant,
                                Instant now) {
  auto out = unfinished_ones(rules, state, meant, now);
  for (auto& ended : ended_ones(rules, state, meant, now)) out.push_back(std::move(ended));
  return out;
}

Error no_log(std::string message, std::string hint) {
  return {std::move(message), std::move(hint), {}, Failure::misused};
}

// The newest attempt that ran, or the one that is named; null where there is none.
const Attempt* attempt_of(const Release& release, const std::string& environment,
                          std::optional<int> number) {
  const auto found = release.attempts.find(environment);
  if (found == release.attempts.end()) return nullptr;
  const auto& all = found->second;
  const auto newest = std::find_if(all.rbegin(), all.rend(), [&](const Attempt& one) {
    return one.started && one.number == number.value_or(one.number);
  });
  return newest == all.rend() ? nullptr : &*newest;
}

Result<DeploymentId> deployment(Office& office, const Subject& subject, std::optional<int> number) {
  const ReleaseId named{subject.definition, subject.release};
  const auto id = text(named);
  DAVIT_TRY(const auto state,
            office.registry().ledger(subject.definition).present({subject.release}));
  const auto* release = state.release(subject.release);
  if (!release) return no_release(state, named);
  const auto* newest = attempt_of(*release, subject.environment, std::nullopt);
  if (!newest)
    return no_log(fmt::format("{} was never deployed to {}", id, subject.environment),
                  "davit show " + id);
  const auto* one = attempt_of(*release, subject.environment, number);
  if (!one)
    return no_log(fmt::format("{} has no attempt {} in {} that ran", id, number.value_or(0),
                              subject.environment),
                  fmt::format("the newest is {}", newest->number));
  return DeploymentId{subject.release, subject.environment, one->number};
}

Result<ExitStatus> show_log(const LogOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto subject, one_meant(*office, desk, options.what,
                                          {"log", tried_ones, "nothing was deployed yet", false}));
  DAVIT_CHECK(check_environment(*office, subject));
  DAVIT_TRY(const auto id, deployment(*office, subject, options.attempt));
  const auto path =
      Journal::folder(office->repository.private_directory(), subject.definition, id) + "/log";
  const auto bytes = read_file(path);
  if (!bytes)
    return Error{fmt::format("this clone has no log of attempt {} of {}/{} in {}", id.attempt,
                             subject.definition, subject.release.value, subject.environment),
                 "it lies where it was run, unless davit gc dropped it"};
  if (desk.settings.json)
    print(desk, record("log")
                    .set("release", text(ReleaseId{subject.definition, subject.release}))
                    .set("environment", subject.environment)
                    .set("attempt", id.attempt)
                    .set("path", path)
                    .set("text", *bytes));
  else if (desk.out.terminal || desk.out.style.ci != CiForm::none)
    desk.out.write(terminal_text(*bytes) + "\n");
  else
    desk.out.raw(*bytes);
  return ExitStatus::done;
}

}  // namespace

Command log_command() {
  return {.name = "log",
          .group = CommandGroup::look,
          .summary = "everything the steps of a deployment printed",
          .examples = {{"davit log storefront/17 production", "the newest attempt"}},
          .declare = from(declare, show_log)};
}

}  // namespace davit
