// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/words.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

struct VerifyOptions {
  std::vector<std::string> definitions;
};

void declare(Options& o, VerifyOptions& into) {
  o.positional("DEFINITION", into.definitions, "all that have a ledger unless named");
}

Json json(const std::vector<Discrepancy>& all) {
  Json out = Json::array();
  for (const auto& one : all)
    out.push(Json::object()
                 .set("commit", one.commit)
                 .set("sequence", one.sequence)
                 .set("what", one.what));
  return out;
}

void print_all(Desk& desk, const std::string& name, const Verification& found) {
  const auto& style = desk.out.style;
  desk.out.line("{} {}: {} in {}{}", found.holds() ? style.live("✔") : style.failed("✘"), name,
                counted(found.events, "event"), counted(found.commits, "commit"),
                found.holds() ? ", the stored state is what they make" : "");
  for (const auto& one : found.broken)
    desk.out.line("    {} {}", one.commit.substr(0, 7), style.failed(one.what));
  for (const auto& one : found.ineffective)
    desk.out.line("    {} {} {}", one.commit.substr(0, 7), style.waiting("without effect:"),
                  one.what);
}

Error no_ledger(Repository& repository, const std::string& name) {
  const auto known = ledgers(repository);
  const auto guess = nearest(name, known ? *known : std::vector<std::string>{});
  return {
      fmt::format("there is no ledger '{}'", name),
      guess.empty() ? "davit verify takes all there are" : fmt::format("did you mean '{}'?", guess),
      {},
      Failure::misused};
}

Result<ExitStatus> verify(const VerifyOptions& options, Desk& desk) {
  DAVIT_TRY(auto repository, Repository::open(desk.directory()));
  auto names = options.definitions;
  if (names.empty()) {
    DAVIT_TRY(names, ledgers(repository));
  }
  Json told = Json::array();
  bool holds = true;
  for (const auto& name : names) {
    DAVIT_TRY(const auto found, Ledger(repository, name).verify());
    if (found.events == 0 && found.holds()) return no_ledger(repository, name);
    holds = holds && found.holds();
    told.push(Json::object()
                  .set("definition", name)
                  .set("holds", found.holds())
                  .set("events", found.events)
                  .set("broken", json(found.broken))
                  .set("ineffective", json(found.ineffective)));
    if (!desk.settings.json) print_all(desk, name, found);
  }
  if (desk.settings.json) print(desk, record("verify").set("ledgers", told));
  if (!desk.settings.json && names.empty()) desk.out.line("there is no ledger yet");
  return holds ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

Command verify_command() {
  return {.name = "verify",
          .group = CommandGroup::test,
          .summary = "fold every event from the first and compare with what is stored",
          .about = "Names whatever was doctored: a tree, a message, the order, a missing parent.",
          .examples = {{"davit verify", "every ledger of this repository"}},
          .declare = from(declare, verify)};
}

}  // namespace davit
