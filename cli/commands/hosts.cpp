// SPDX-License-Identifier: MIT
// hosts: the team's hosts and what is deployed on them; and whose keys are trusted.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/narrowing_options.hpp"
#include "cli/office.hpp"
#include "cli/ssh_options.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/trusting.hpp"
#include "core/policy/holdings.hpp"

namespace davit {

namespace {

struct HostsOptions {
  std::vector<std::string> what;
  bool hash = false;
  SshOptions ssh;
};

void declare(Options& o, HostsOptions& into) {
  o.positional("trust HOST", into.what,
               "names, patterns, targets or TAG=VALUE; all of them unless named. After `trust`, "
               "their keys are fetched and shown");
  o.flag("--hash", into.hash, "with trust: write names that tell nobody which hosts there are");
  declare(o, into.ssh);
}

std::string tags_of(const Host& host) {
  std::string out;
  for (const auto& [name, value] : host.tags)
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, value);
  return terminal_line(out);
}

std::string text(const Holding& holding) {
  return fmt::format("{} {}", text(holding.release), holding.environment);
}

Json json(const Host& host, const std::vector<Holding>& deployed) {
  Json tags = Json::object(), all = Json::array();
  for (const auto& [name, value] : host.tags) tags.set(name, value);
  for (const auto& one : deployed) all.push(text(one));
  return Json::object()
      .set("name", host.name)
      .set("target", host.target)
      .set("address", host.address)
      .set_if("user", host.user)
      .set_if("port", host.port > 0 ? Json(host.port) : Json())
      .set("tags", tags)
      .set("deployed", all);
}

Result<std::vector<std::vector<Holding>>> deployed_on(Registry& registry,
                                                      const std::vector<Host>& hosts) {
  DAVIT_TRY(const auto standings, registry.standings(registry.definitions()));
  std::vector<Holder> holders;
  for (const auto& standing : standings)
    if (standing) holders.push_back({standing->rules.definition, standing->state});
  return holdings(hosts, registry.team(), holders);
}

Result<ExitStatus> list(Desk& desk, Office& office, const std::vector<Host>& hosts) {
  DAVIT_TRY(const auto deployed, deployed_on(office.registry(), hosts));
  TextTable table;
  Json all = Json::array();
  if (!hosts.empty()) table.row({"HOST", "TARGET", "USER", "TAGS", "DEPLOYED"});
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto& host = hosts[i];
    std::vector<std::string> held;
    for (const auto& one : deployed[i]) held.push_back(text(one));
    all.push(json(host, deployed[i]));
    table.row({host.name, host.target, host.user, tags_of(host),
               fmt::format("{}", fmt::join(held, ", "))});
  }
  if (desk.settings.json)
    print(desk, record("hosts").set("hosts", all));
  else if (hosts.empty())
    desk.out.line("no hosts yet; [targets.web] hosts = [\"user@host\"] in .davit/team.toml");
  else
    desk.out.write(table.render(desk.out.style));
  return ExitStatus::done;
}

Result<ExitStatus> hosts(const HostsOptions& options, Desk& desk) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  const bool trusting = !options.what.empty() && options.what.front() == "trust";
  const std::vector<std::string> words(options.what.begin() + (trusting ? 1 : 0),
                                       options.what.end());
  auto all = all_hosts(office->registry().team());
  if (!all.empty() || !words.empty()) {
    DAVIT_TRY(all, narrowed(std::move(all), {words, {}}));
  }
  if (!trusting) return list(desk, *office, all);
  const auto command =
      fmt::format("davit hosts trust{}{}", as_typed(words), options.hash ? " --hash" : "") +
      as_typed(options.ssh);
  return trust(desk, *office, {all, std::move(ssh), options.hash, command});
}

}  // namespace

Command hosts_command() {
  return {.name = "hosts",
          .group = CommandGroup::around,
          .summary = "the team's hosts, what is deployed there, and their keys",
          .about =
              "Hosts stand under [targets] in .davit/*.toml. `trust` writes .davit/known_hosts, "
              "which is committed like the rest; a host with another key is refused.",
          .examples = {{"davit hosts", "all of them"},
                       {"davit hosts role=web", "those with this tag"},
                       {"davit hosts trust web1", "fetch its key, show the fingerprint, ask"}},
          .declare = from(declare, hosts)};
}

}  // namespace davit
