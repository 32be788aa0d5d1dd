// SPDX-License-Identifier: MIT
#include "core/ssh/transport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "core/files/files.hpp"
#include "core/ssh/kept_way.hpp"
#include "core/ssh/printing.hpp"
#include "core/ssh/sockets.hpp"
#include "core/ssh/tongue.hpp"

namespace davit {

namespace {

using Kind = Transport::Kind;

// Done alike by both, or of no consequence for a shell without a terminal and without questions.
constexpr std::array kAlike{"host",
                            "hostname",
                            "user",
                            "port",
                            "identityfile",
                            "identitiesonly",
                            "identityagent",
                            "userknownhostsfile",
                            "globalknownhostsfile",
                            "stricthostkeychecking",
                            "batchmode",
                            "connecttimeout",
                            "serveraliveinterval",
                            "serveralivecountmax",
                            "tcpkeepalive",
                            "ciphers",
                            "macs",
                            "kexalgorithms",
                            "hostkeyalgorithms",
                            "pubkeyacceptedalgorithms",
                            "loglevel",
                            "hashknownhosts",
                            "gssapiauthentication",
                            "visualhostkey",
                            "updatehostkeys",
                            "forwardagent",
                            "forwardx11",
                            "forwardx11trusted",
                            "forwardx11timeout",
                            "xauthlocation",
                            "ipqos",
                            "passwordauthentication",
                            "kbdinteractiveauthentication",
                            "numberofpasswordprompts",
                            "addkeystoagent",
                            "escapechar",
                            "requesttty",
                            "fingerprinthash",
                            "controlpersist",
                            "connectionattempts",
                            "hostbasedacceptedalgorithms",
                            "casignaturealgorithms",
                            "syslogfacility"};

constexpr std::array kAlgorithms{"kexalgorithms", "ciphers", "macs", "hostkeyalgorithms",
                                 "pubkeyacceptedalgorithms"};

// Cheap for both ends where the processor knows AES, and on OpenSSH's own list.
constexpr const char* kCiphers =
    "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,"
    "aes128-ctr";

// Those of the lists in these values that are there.
std::vector<std::string> files_of(const HostSettings& settings, const char* keyword) {
  std::vector<std::string> out;
  std::istringstream words(settings.value(keyword));
  for (std::string word; words >> word;)
    if (is_file(ssh_path(word))) out.push_back(ssh_path(word));
  return out;
}

std::vector<std::string> known_hosts_files(const HostSettings& settings) {
  auto out = files_of(settings, "userknownhostsfile");
  const auto global = files_of(settings, "globalknownhostsfile");
  out.insert(out.end(), global.begin(), global.end());
  return out;
}

std::vector<std::string> identity_files(const HostSettings& settings) {
  std::vector<std::string> out;
  const auto found = settings.said.find("identityfile");
  if (found == settings.said.end()) return out;
  for (const auto& file : found->second)
    if (is_file(ssh_path(file))) out.push_back(ssh_path(file));
  return out;
}

// "@cert-authority" and "@revoked" lines, which libssh passes over.
bool has_markers(const std::string& file) {
  const auto text = read_file(file);
  return !text || text->starts_with('@') || text->find("\n@") != std::string::npos;
}

std::string agent_of(const HostSettings& settings) {
  const auto& named = settings.value("identityagent");
  if (named == "none" || settings.value("identitiesonly") == "yes") return "";
  return named.empty() ? kUsualAgent : ssh_path(named);
}

// What libssh can't do with the files that the settings name.
std::string beyond_its_files(const HostSettings& settings, LibsshKeys& keys) {
  const auto known = known_hosts_files(settings);
  if (known.size() > 2) return "there are more than two known_hosts files";
  for (const auto& file : known)
    if (has_markers(file)) return file + " has certificates or revoked keys";
  const auto files = identity_files(settings);
  for (const auto& file : files)
    if (is_file(file + "-cert.pub")) return file + " has a certificate";
  const bool usable = std::any_of(files.begin(), files.end(),
                                  [&](const auto& file) { return keys.key(file) != nullptr; });
  return usable || !agent_of(settings).empty() ? "" : "there is no key that it can use";
}

}  // namespace

const char* text(Kind kind) { return kind == Kind::libssh ? "libssh" : "openssh"; }

std::string beyond_libssh(const HostSettings& settings, const HostSettings& defaults) {
  for (const auto& [keyword, values] : settings.said) {
    if (std::find(kAlike.begin(), kAlike.end(), keyword) != kAlike.end()) continue;
    const auto usual = defaults.said.find(keyword);
    if (usual != defaults.said.end() && usual->second == values) continue;
    // Debian's: the language of whoever deploys, which davit keeps to itself.
    if (keyword == "sendenv" && std::all_of(values.begin(), values.end(), [](const auto& name) {
          return name == "LANG" || name == "LC_*";
        }))
      continue;
    return fmt::format("{} is {}", keyword, values.front());
  }
  return "";
}

Ways::Plan Ways::by_libssh(const HostSettings& settings) {
  LibsshRoute route{.address = settings.value("hostname"),
                    .user = settings.value("user"),
                    .port = settings.number("port"),
                    .known_hosts = known_hosts_files(settings),
                    .agent = agent_of(settings),
                    .connect_timeout = std::chrono::seconds(settings.number("connecttimeout")),
                    .alive_interval = std::chrono::seconds(settings.number("serveraliveinterval")),
                    .alive_count = settings.number("serveralivecountmax")};
  for (const auto& file : identity_files(settings))
    if (keys_->key(file) != nullptr) route.identities.push_back(file);
  route.algorithms["ciphers"] = kCiphers;
  const auto usual = config_.defaults();
  for (const char* keyword : kAlgorithms)
    if (usual && usual->value(keyword) != settings.value(keyword))
      route.algorithms[keyword] = settings.value(keyword);
  return {{Kind::libssh, ""}, std::move(route)};
}

Result<Ways::Plan> Ways::plan(const Host& host) {
  const auto& asked = reach_.settings.transport;
  const auto openssh = [](std::string why) { return Plan{{Kind::openssh, std::move(why)}, {}}; };
  if (asked == "openssh") return openssh("it was asked for");
  if (refused_.count(host.name) > 0) return openssh("libssh and the host could not agree");
  if (const auto there = libssh_is_there(); !there) {
    if (asked == "libssh") return there.error();
    return openssh("libssh is not installed");
  }
  DAVIT_TRY(const auto settings, config_.of(host));
  DAVIT_TRY(auto why, beyond(settings));
  if (why.empty()) return by_libssh(settings);
  if (asked == "libssh")
    return Error{
        fmt::format("libssh was asked for, and can't do what is set for {}: {}", host.name, why),
        "transport = \"auto\" or \"openssh\" does it"};
  return openssh(std::move(why));
}

Result<std::string> Ways::beyond(const HostSettings& settings) {
  // What davit adds for it is no setting of ssh's that anybody wrote.
  if (const auto& kept = reach_.settings.persist; kept && reach_.settings.transport == "libssh")
    return "persist is " + text(*kept);
  DAVIT_TRY(const auto usual, config_.defaults());
  auto why = beyond_libssh(settings, usual);
  return why.empty() ? beyond_its_files(settings, *keys_) : why;
}

Result<Transport> Ways::transport(const Host& host) {
  DAVIT_TRY(auto planned, plan(host));
  return planned.transport;
}

Result<std::unique_ptr<Way>> Ways::make(const Host& host) {
  if (reach_.printing) return std::unique_ptr<Way>(std::make_unique<PrintingWay>(loop_));
  DAVIT_TRY(auto planned, plan(host));
  return admission_.way(machine(host), [this, host, planned = std::move(planned)] {
    return make_now(host, planned);
  });
}

std::optional<HostSettings> Ways::settings_at_hand(const Host& host) {
  if (reach_.settings.transport == "openssh" && !config_.answers_for_many()) return std::nullopt;
  auto settings = config_.of(host);
  return settings ? std::optional(*std::move(settings)) : std::nullopt;
}

// Which machine is knocked at. Where that is not known, a jump host in front of many is met with
// trying again.
std::string Ways::machine(const Host& host) {
  const auto settings = settings_at_hand(host);
  if (!settings) return fmt::format("{}:{}", host.address, host.port);
  if (const auto& proxy = settings->proxy(); !proxy.empty())
    return proxy.substr(0, proxy.find(','));
  return settings->value("hostname") + ":" + settings->value("port");
}

Result<std::unique_ptr<Way>> Ways::make_now(const Host& host, const Plan& planned) {
  if (planned.transport.kind == Kind::openssh) return by_openssh(host);
  auto route = planned.route;
  route.command = tongue_of(host.shell).session();
  auto refused = [this, name = host.name] {
    if (reach_.settings.transport != "libssh") refused_.insert(name);
  };
  return std::unique_ptr<Way>(
      std::make_unique<LibsshWay>(loop_, std::move(route), keys_, std::move(refused)));
}

// Over a connection that is kept, where there is one; else ssh makes one, and keeps it if it is to.
Result<std::unique_ptr<Way>> Ways::by_openssh(const Host& host) {
  if (reach_.settings.persist) DAVIT_CHECK(make_sockets_folder());
  const auto settings = alone_.count(host.name) > 0 ? std::nullopt : settings_at_hand(host);
  const auto socket = settings ? settings->value("controlpath") : "";
  if (!socket.empty() && socket != "none") {
    auto kept = KeptWay::make(loop_, socket, tongue_of(host.shell).session(),
                              [this, name = host.name] { alone_.insert(name); });
    if (kept && *kept) return kept;
    if (!kept) alone_.insert(host.name);
  }
  DAVIT_TRY(auto child, spawn(openssh_shell(reach_, host, alone_.count(host.name) > 0)));
  return std::unique_ptr<Way>(std::make_unique<ChildWay>(loop_, std::move(child)));
}

}  // namespace davit
