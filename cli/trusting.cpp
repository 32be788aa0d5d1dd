// SPDX-License-Identifier: MIT
#include "cli/trusting.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/json_record.hpp"
#include "cli/terminal_text.hpp"
#include "cli/words.hpp"
#include "core/clock/clock.hpp"
#include "core/deployment/reach.hpp"
#include "core/files/files.hpp"
#include "core/ssh/host_keys.hpp"

namespace davit {

namespace {

using Trusted = JudgedKey::Standing;

// What came of it so far.
struct Trusting {
  std::vector<KnownKey> fresh;
  Json told = Json::array();
  bool failed = false;
};

std::string standing_of(const JudgedKey& one) {
  switch (one.standing) {
    case Trusted::fresh:
      return "";
    case Trusted::known:
      return "  known";
    case Trusted::revoked:
      return "  revoked";
    case Trusted::changed:
      break;
  }
  return "  not the one that is trusted: " + fingerprint(*one.before);
}

Json json(const Host& host, const JudgedKey& one) {
  Json out = Json::object()
                 .set("host", host.name)
                 .set("fingerprint", fingerprint(one.key))
                 .set("known", one.standing == Trusted::known);
  if (one.standing == Trusted::revoked) out.set("revoked", true);
  if (one.standing == Trusted::changed) out.set("trusted", fingerprint(*one.before));
  return out;
}

void say_changed(Desk& desk, const Host& host, const std::string& name) {
  desk.say(
      "  {} keeps the key that is trusted. If its owner says that it has a new one: ssh-keygen -R "
      "'{}' -f .davit/known_hosts, and again",
      host.name, name);
}

void look_at(Desk& desk, const Host& host, const OfferedKeys& keys, const std::string& file,
             Trusting& so_far) {
  if (!keys) {
    so_far.failed = true;
    so_far.told.push(Json::object().set("host", host.name).set("error", keys.error().message));
    desk.say("{}  {}\n  {}", host.name, terminal_line(keys.error().message), keys.error().hint);
    return;
  }
  const auto all = judged(*keys, file);
  const auto is = [](Trusted wanted) {
    return [wanted](const JudgedKey& one) { return one.standing == wanted; };
  };
  for (const auto& one : all) {
    desk.say("{}  {}{}", host.name, fingerprint(one.key), standing_of(one));
    so_far.told.push(json(host, one));
  }
  if (std::any_of(all.begin(), all.end(), is(Trusted::changed)) ||
      std::any_of(all.begin(), all.end(), is(Trusted::revoked))) {
    so_far.failed = true;
    return say_changed(desk, host, keys->front().names);
  }
  for (const auto& one : all)
    if (one.standing == Trusted::fresh &&
        std::find(so_far.fresh.begin(), so_far.fresh.end(), one.key) == so_far.fresh.end())
      so_far.fresh.push_back(one.key);
}

// The team's file with these keys behind what it holds.
std::string with(std::string file, const std::vector<KnownKey>& keys, bool hash) {
  if (!file.empty() && file.back() != '\n') file += '\n';
  for (auto key : keys) {
    if (hash) key.names = hashed(key.names, fresh_event_id().value.substr(0, 20));
    file += text(key) + '\n';
  }
  return file;
}

}  // namespace

Result<ExitStatus> trust(Desk& desk, Office& office, const TrustRequest& request) {
  const auto path = known_hosts_of(office.repository);
  auto file = is_file(path) ? read_file(path) : Result<std::string>(std::string());
  if (!file) return file.error();
  Loop loop;
  const auto& registry = office.registry();
  DAVIT_TRY(const auto reach,
            reach_of(office.repository, registry.commit(), registry.team(), request.ssh));
  const auto keys = offered_keys(loop, reach, request.hosts);
  Trusting so_far;
  for (std::size_t i = 0; i < keys.size(); ++i)
    look_at(desk, request.hosts[i], keys[i], *file, so_far);
  if (!so_far.fresh.empty()) {
    DAVIT_CHECK(
        desk.agreed(fmt::format("Compare them with what the hosts' owners say. Trust {}? [y/N]",
                                counted(static_cast<std::int64_t>(so_far.fresh.size()), "key")),
                    request.command));
    DAVIT_CHECK(write_file(path, with(*std::move(file), so_far.fresh, request.hash)));
  }
  if (desk.settings.json)
    print(desk, record("hosts").set("keys", so_far.told));
  else if (!so_far.fresh.empty())
    desk.out.line("wrote .davit/known_hosts; review and commit it");
  else if (!so_far.failed)
    desk.out.line("nothing new");
  return so_far.failed ? ExitStatus::failed : ExitStatus::done;
}

}  // namespace davit
