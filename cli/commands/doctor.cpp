// SPDX-License-Identifier: MIT
// doctor: how every host is reached, and what davit finds on this machine.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/ssh_options.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/words.hpp"
#include "core/deployment/reach.hpp"
#include "core/deployment/surroundings.hpp"
#include "core/ssh/host_visit.hpp"

namespace davit {

namespace {

struct DoctorOptions {
  std::vector<std::string> what;
  SshOptions ssh;
};

void declare(Options& o, DoctorOptions& into) {
  o.positional("HOST", into.what,
               "names, patterns, targets or TAG=VALUE; all hosts of the team unless named");
  declare(o, into.ssh);
}

const char* word(Standing standing) {
  switch (standing) {
    case Standing::running:
      return "running";
    case Standing::gone:
      return "cut off";
    case Standing::manual:
      return "at a manual step";
    default:
      return "interrupted";
  }
}

std::string state_of(const LedgerLook& ledger) {
  if (ledger.trouble) return terminal_line(ledger.trouble->message);
  if (ledger.events == 0) return "nothing has happened yet";
  return counted(ledger.events, "event") + (ledger.verified ? "" : ", not all verified here");
}

void print_surroundings(Desk& desk, const Surroundings& around) {
  const auto& style = desk.out.style;
  TextTable table;
  const auto row = [&](const char* what, const std::string& found, const char* missing) {
    table.row({what, found.empty() ? style.waiting(missing) : terminal_line(found)});
  };
  row("git", around.git, "not found");
  row("you", around.person, "nobody: git config user.email ann@example.com");
  row("signing key", around.signing_key, "none: git config user.signingkey");
  row("ssh", around.ssh, "not found");
  row("rules", around.rules, "");
  row("known hosts",
      around.known_keys
          ? counted(static_cast<std::int64_t>(*around.known_keys), "key") + " of the team's"
          : "",
      "none of the team's: davit hosts trust");
  for (const auto& ledger : around.ledgers)
    table.row({"ledger " + ledger.definition, state_of(ledger)});
  for (const auto& run : around.unfinished)
    table.row({"unfinished",
               fmt::format("{} → {} {}: davit resume {} {}", text(run.release), run.environment,
                           word(run.standing), text(run.release), run.environment)});
  desk.out.write(table.render(style));
}

std::string way_of(const HostVisit& visit) {
  if (visit.address.empty()) return "";
  return fmt::format("{}@{}:{}{}{}", visit.user, visit.address, visit.port,
                     visit.proxy.empty() ? "" : " by ", visit.proxy);
}

void print_hosts(Desk& desk, const std::vector<Host>& hosts, const std::vector<HostVisit>& visits) {
  const auto& style = desk.out.style;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto& visit = visits[i];
    TextTable table;
    table.row({visit.reached ? style.live("✔") : style.failed("✘"), style.bold(hosts[i].name),
               terminal_line(way_of(visit)), rough(visit.took)});
    desk.out.write(table.render(style));
    if (!visit.address.empty())
      desk.out.line("    {}{}{}", text(visit.transport.kind),
                    visit.transport.why.empty() ? "" : ": ", terminal_line(visit.transport.why));
    if (!visit.key.empty()) desk.out.line("    {}", terminal_line(visit.key));
    if (visit.reached) continue;
    desk.out.line("    {}", style.failed(terminal_line(visit.trouble.message)));
    if (!visit.trouble.hint.empty()) desk.out.line("    {}", visit.trouble.hint);
  }
}

Json json(const Surroundings& around) {
  Json ledgers = Json::array(), unfinished = Json::array();
  for (const auto& ledger : around.ledgers) {
    Json one = Json::object()
                   .set("definition", ledger.definition)
                   .set("events", ledger.events)
                   .set("verified", ledger.verified);
    if (ledger.trouble) one.set("error", to_json(*ledger.trouble));
    ledgers.push(one);
  }
  for (const auto& run : around.unfinished)
    unfinished.push(Json::object()
                        .set("release", text(run.release))
                        .set("environment", run.environment)
                        .set("stands", word(run.standing)));
  Json out = Json::object()
                 .set("git", around.git)
                 .set("ssh", around.ssh)
                 .set_if("person", around.person)
                 .set_if("signing_key", around.signing_key)
                 .set("rules", around.rules);
  if (around.known_keys) out.set("known_keys", *around.known_keys);
  return out.set("ledgers", ledgers).set("unfinished", unfinished);
}

Json json(const Host& host, const HostVisit& visit) {
  Json out = Json::object()
                 .set("host", host.name)
                 .set("reached", visit.reached)
                 .set_if("user", visit.user)
                 .set_if("address", visit.address)
                 .set_if("port", visit.port)
                 .set_if("proxy", visit.proxy);
  if (!visit.address.empty())
    out.set("transport", text(visit.transport.kind)).set_if("why", visit.transport.why);
  out.set_if("key", visit.key).set("took_ms", visit.took.count());
  if (!visit.reached) out.set("error", to_json(visit.trouble));
  return out;
}

Result<ExitStatus> doctor(const DoctorOptions& options, Desk& desk) {
  DAVIT_TRY(const auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  auto& registry = office->registry();
  auto hosts = all_hosts(registry.team());
  if (!options.what.empty()) {
    DAVIT_TRY(hosts, narrowed(std::move(hosts), {options.what, {}}));
  }
  DAVIT_TRY(const auto reach,
            reach_of(office->repository, registry.commit(), registry.team(), ssh));
  const auto around = look_around(registry, desk.clock.now());
  Loop loop;
  const auto visits = visit(loop, reach, hosts);
  Json told = Json::array();
  for (std::size_t i = 0; i < hosts.size(); ++i) told.push(json(hosts[i], visits[i]));
  if (desk.settings.json) {
    print(desk, record("doctor").set("machine", json(around)).set("hosts", told));
  } else {
    print_surroundings(desk, around);
    print_hosts(desk, hosts, visits);
  }
  const bool all =
      std::all_of(visits.begin(), visits.end(), [](const HostVisit& one) { return one.reached; });
  return all ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

Command doctor_command() {
  return {.name = "doctor",
          .group = CommandGroup::around,
          .summary = "how every host is reached, and what davit finds on this machine",
          .about =
              "Connects to each host and does nothing there: as whom and where to, by which "
              "transport and why, by which key, and how long it took. Status 1 when one can't be "
              "reached. Asks nothing, changes nothing.",
          .examples = {{"davit doctor", "this machine, and every host"},
                       {"davit doctor web1 --json", "one host, for a program"}},
          .declare = from(declare, doctor)};
}

}  // namespace davit
