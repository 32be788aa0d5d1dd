// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "definitions/form_text.hpp"
#include "definitions/reader.hpp"
#include "definitions/reading.hpp"
#include "definitions/shape.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

LedgerSettings read_ledger(const Member& member, const Notes& notes) {
  using Signing = LedgerSettings::Signing;
  const Node& table = member.value;
  LedgerSettings ledger;
  ledger.remote = written_at(table, "remote");
  if (text_at(table, "mode") == "branch") ledger.mode = LedgerSettings::Mode::branch;
  ledger.trusted = written_at(table, "trusted");
  const std::string signing = text_at(table, "signing");
  if (signing == "warn") ledger.signing = Signing::warn;
  if (signing == "required") ledger.signing = Signing::required;
  ledger.log_tail = text_at(table, "logs") == "tail";
  ledger.sync = flag_at(table, "sync", true);
  ledger.place = notes.place(member.span);
  for (const Member& key : table.members)
    ledger.key_places.emplace_back(key.key, notes.place(key.span));
  return ledger;
}

Target read_target(const Member& member, Scope& scope) {
  const Node& table = member.value;
  Target target{.name = member.key, .hosts = texts_at(table, "hosts")};
  target.user = text_at(table, "user");
  target.port = integer_at(table, "port", 0);
  for (const Member& tag : members_at(table, "tags")) target.tags.emplace(tag.key, tag.value.text);
  target.shell = text_at(table, "shell");
  target.state = text_at(table, "state");
  target.targets = texts_at(table, "targets");
  target.place = scope.notes.place(member.span);
  if (scope.whole && target.hosts.empty() && target.targets.empty())
    scope.notes.add(member.span, fmt::format("target '{}' has no hosts", member.key),
                    "write hosts = [\"user@host\"], or targets = [\"…\"] for a group of others");
  return target;
}

Freeze read_freeze(const Member& member, Notes& notes) {
  const Node& table = member.value;
  Freeze freeze{.name = member.key, .from = text_at(table, "from"), .to = text_at(table, "to")};
  freeze.zone = text_at(table, "zone");
  freeze.environments = texts_at(table, "environments");
  freeze.reason = text_at(table, "reason");
  freeze.place = notes.place(member.span);
  if (!freeze.from.empty() && !freeze.to.empty() && freeze.from >= freeze.to)
    notes.add(table.find("to")->span, fmt::format("freeze '{}' ends before it begins", member.key),
              "'to' is the later one");
  return freeze;
}

Notification read_notification(const Member& member, const Notes& notes) {
  Notification notification{.name = member.key};
  if (const Node* webhook = member.value.find("webhook")) {
    notification.webhook = text_at(*webhook, "url");
    if (const auto source = written_at(*webhook, "secret"))
      notification.webhook_secret = parse_secret(*source);
  }
  notification.on = texts_at(member.value, "on");
  notification.place = notes.place(member.span);
  return notification;
}

SshSettings read_ssh(const Member& member, const Notes& notes) {
  SshSettings ssh;
  ssh.config = text_at(member.value, "config");
  ssh.options = texts_at(member.value, "options");
  ssh.transport = text_at(member.value, "transport", ssh.transport);
  ssh.persist = duration_at(member.value, "persist");
  ssh.place = notes.place(member.span);
  return ssh;
}

void read_root(const Node& root, Team& team, Notes& notes) {
  Scope scope{notes, {}, {}, notes.empty()};
  if (const Member* ledger = member_at(root, "ledger")) team.ledger = read_ledger(*ledger, notes);
  for (const Member& member : members_at(root, "groups"))
    team.groups.push_back(
        {member.key, read_principals(member.value, "members", notes), notes.place(member.span)});
  team.permissions = read_permissions(root, notes);
  for (const Member& member : members_at(root, "targets"))
    team.targets.push_back(read_target(member, scope));
  for (const Member& member : members_at(root, "freezes"))
    team.freezes.push_back(read_freeze(member, notes));
  for (const Member& member : members_at(root, "notify"))
    team.notifications.push_back(read_notification(member, notes));
  team.gates = read_gates(root, scope);
  if (const Member* ssh = member_at(root, "ssh")) team.ssh = read_ssh(*ssh, notes);
}

}  // namespace

Reading<Team> read_team(std::string_view text, const std::string& file,
                        const std::string& revision) {
  Notes notes(file, revision);
  Team team;
  if (auto root = parse_toml(text, notes)) {
    shape(*root, TableKind::team, notes);
    read_root(*root, team, notes);
  }
  return {std::move(team), notes.take()};
}

}  // namespace davit
