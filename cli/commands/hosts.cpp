// SPDX-License-Identifier: MIT
// hosts: the team's hosts and what is deployed on them; and whose keys are trusted.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/words.hpp"
#include "core/deployment/reach.hpp"
#include "core/files/files.hpp"
#include "core/ssh/host_keys.hpp"

namespace davit {

namespace {

struct HostsOptions {
  std::vector<std::string> what;
};

void declare(Options& o, HostsOptions& into) {
  o.positional("trust HOST", into.what,
               "names, patterns, targets or TAG=VALUE; all of them unless named. After `trust`, "
               "their keys are fetched and shown");
}

// "shop production 17", of every environment whose release is on the host.
std::vector<std::string> deployed_on(const std::vector<Result<Registry::Standing>>& standings,
                                     const Team& team, const Host& host) {
  std::vector<std::string> out;
  for (const auto& standing : standings) {
    if (!standing) continue;
    for (const auto& environment : standing->rules.definition.environments) {
      const auto* live = standing->state.environment(environment.name).live();
      const auto hosts = select(team, environment.targets);
      if (!live || environment.targets.empty() || !hosts) continue;
      if (std::any_of(hosts->begin(), hosts->end(),
                      [&](const Host& one) { return one.name == host.name; }))
        out.push_back(fmt::format("{}/{} {}", standing->rules.definition.name, live->release.value,
                                  environment.name));
    }
  }
  return out;
}

std::string tags_of(const Host& host) {
  std::string out;
  for (const auto& [name, value] : host.tags)
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, value);
  return terminal_line(out);
}

Json json(const Host& host, const std::vector<std::string>& deployed) {
  Json tags = Json::object(), all = Json::array();
  for (const auto& [name, value] : host.tags) tags.set(name, value);
  for (const auto& one : deployed) all.push(one);
  return Json::object()
      .set("name", host.name)
      .set("target", host.target)
      .set("address", host.address)
      .set_if("user", host.user)
      .set_if("port", host.port > 0 ? Json(host.port) : Json())
      .set("tags", tags)
      .set("deployed", all);
}

Result<ExitStatus> list(Desk& desk, Office& office, const std::vector<Host>& hosts) {
  auto& registry = office.registry();
  DAVIT_TRY(const auto standings, registry.standings(registry.definitions()));
  TextTable table;
  Json all = Json::array();
  if (!hosts.empty()) table.row({"HOST", "TARGET", "USER", "TAGS", "DEPLOYED"});
  for (const auto& host : hosts) {
    const auto deployed = deployed_on(standings, registry.team(), host);
    all.push(json(host, deployed));
    table.row({host.name, host.target, host.user, tags_of(host),
               fmt::format("{}", fmt::join(deployed, ", "))});
  }
  if (desk.settings.json)
    print(desk, record("hosts").set("hosts", all));
  else if (hosts.empty())
    desk.out.line("no hosts yet; [targets.web] hosts = [\"user@host\"] in .davit/team.toml");
  else
    desk.out.write(table.render(desk.out.style));
  return ExitStatus::done;
}

// The team's file with these keys behind what it holds.
Result<std::string> with(const std::string& path, const std::vector<HostKey>& keys) {
  auto text = is_file(path) ? read_file(path) : Result<std::string>(std::string());
  if (!text) return text;
  if (!text->empty() && text->back() != '\n') *text += '\n';
  for (const auto& key : keys) *text += key.line + '\n';
  return text;
}

Result<ExitStatus> trust(Desk& desk, Office& office, const std::vector<Host>& hosts) {
  const auto path = known_hosts_of(office.repository);
  const auto& registry = office.registry();
  DAVIT_TRY(const auto reach, reach_of(office.repository, registry.commit(), registry.team()));
  const auto known = is_file(path) ? read_file(path) : Result<std::string>(std::string());
  if (!known) return known.error();
  std::vector<HostKey> fresh;
  Json told = Json::array();
  for (const auto& host : hosts) {
    DAVIT_TRY(const auto keys, offered_keys(reach, host));
    for (const auto& key : keys) {
      const bool there = ("\n" + *known).find("\n" + key.line + "\n") != std::string::npos;
      desk.say("{}  {}{}", host.name, key.fingerprint, there ? "  known" : "");
      if (!there) fresh.push_back(key);
      told.push(Json::object()
                    .set("host", host.name)
                    .set("fingerprint", key.fingerprint)
                    .set("known", there));
    }
  }
  if (!fresh.empty()) {
    DAVIT_CHECK(
        desk.agreed(fmt::format("Compare them with what the hosts' owners say. Trust {}? [y/N]",
                                counted(static_cast<std::int64_t>(fresh.size()), "key")),
                    "davit hosts trust --yes"));
    DAVIT_TRY(const auto text, with(path, fresh));
    DAVIT_CHECK(write_file(path, text));
  }
  if (desk.settings.json)
    print(desk, record("hosts").set("keys", told));
  else if (fresh.empty())
    desk.out.line("nothing new");
  else
    desk.out.line("wrote .davit/known_hosts; review and commit it");
  return ExitStatus::done;
}

Result<ExitStatus> hosts(const HostsOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  const bool trusting = !options.what.empty() && options.what.front() == "trust";
  const std::vector<std::string> words(options.what.begin() + (trusting ? 1 : 0),
                                       options.what.end());
  auto all = all_hosts(office->registry().team());
  if (!all.empty() || !words.empty()) {
    DAVIT_TRY(all, narrowed(std::move(all), {words, {}}));
  }
  return trusting ? trust(desk, *office, all) : list(desk, *office, all);
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
