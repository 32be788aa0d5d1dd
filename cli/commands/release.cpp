// SPDX-License-Identifier: MIT
// start, abandon and mark: what may be said of a release itself.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/telling.hpp"
#include "core/deployment/appending.hpp"

namespace davit {

namespace {

struct ReleaseOptions {
  std::string release;
  std::optional<std::string> reason;
};

struct MarkOptions {
  std::string how, release;
  std::optional<std::string> reason;
};

void declare_start(Options& o, ReleaseOptions& into) {
  o.positional("RELEASE", into.release, "NAME/NUMBER");
}

void declare_abandon(Options& o, ReleaseOptions& into) {
  o.positional("RELEASE", into.release, "NAME/NUMBER");
  o.value("--reason,-m TEXT", into.reason, "why, for whoever asks later");
}

void declare_mark(Options& o, MarkOptions& into) {
  o.positional("HOW", into.how, "bad or good").choices = {"bad", "good"};
  o.positional("RELEASE", into.release, "NAME/NUMBER");
  o.value("--reason,-m TEXT", into.reason, "what is wrong with it; must be given with bad");
}

Result<ReleaseId> release_of(const std::string& written) {
  if (auto id = parse_release(written)) return *std::move(id);
  return Error{fmt::format("'{}' is no release", written),
               "a release is written NAME/NUMBER",
               {},
               Failure::misused};
}

Result<ExitStatus> say_of_release(Desk& desk, const std::string& written, const char* command,
                                  const char* done,
                                  const std::function<Request(ReleaseNumber)>& request) {
  DAVIT_TRY(const auto id, release_of(written));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto actor, office->actor());
  DAVIT_TRY(const auto rules, office->registry().rules(id.definition));
  DeskTeller teller(desk, false);
  DAVIT_CHECK(append_request(office->registry(), rules, {actor, desk.clock, teller, {}, false},
                             request(id.number), id.number));
  if (desk.settings.json)
    print(desk, record(command).set("release", text(id)));
  else
    desk.out.line("{} {}", text(id), done);
  return ExitStatus::done;
}

Result<ExitStatus> start(const ReleaseOptions& options, Desk& desk) {
  return say_of_release(desk, options.release, "start", "is active",
                        [](ReleaseNumber number) { return StartRelease{number}; });
}

Result<ExitStatus> abandon(const ReleaseOptions& options, Desk& desk) {
  return say_of_release(desk, options.release, "abandon", "is abandoned",
                        [&](ReleaseNumber number) {
                          return AbandonRelease{number, options.reason.value_or("")};
                        });
}

Result<ExitStatus> mark(const MarkOptions& options, Desk& desk) {
  const bool bad = options.how == "bad";
  if (bad && options.reason.value_or("").empty())
    return Error{"a release is marked bad for a reason",
                 "--reason \"what is wrong with it\"",
                 {},
                 Failure::misused};
  return say_of_release(desk, options.release, "mark", bad ? "is marked bad" : "is good again",
                        [&](ReleaseNumber number) {
                          return MarkRelease{number, bad, options.reason.value_or("")};
                        });
}

}  // namespace

Command start_command() {
  return {.name = "start",
          .group = CommandGroup::promote,
          .summary = "make a draft release active, so that it may be deployed",
          .examples = {{"davit start storefront/17", "a draft no more"}},
          .declare = from(declare_start, start)};
}

Command abandon_command() {
  return {.name = "abandon",
          .group = CommandGroup::promote,
          .summary = "give a release up: it is never deployed again",
          .examples = {{"davit abandon storefront/17 -m \"superseded\"", "kept for history"}},
          .declare = from(declare_abandon, abandon)};
}

Command mark_command() {
  return {.name = "mark",
          .group = CommandGroup::promote,
          .summary = "mark a release bad, or good again",
          .about = "A bad release is never promoted, and never what a rollback goes back to.",
          .examples = {{"davit mark bad storefront/17 --reason \"loses carts\"",
                        "nobody deploys it by accident"}},
          .declare = from(declare_mark, mark)};
}

}  // namespace davit
