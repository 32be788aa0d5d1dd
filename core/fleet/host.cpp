// SPDX-License-Identifier: MIT
#include "core/fleet/host.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "definitions/form_text.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

// As it is written, without the user: "web2:2222", "[::1]:22".
std::string without_user(const std::string& written) {
  const auto at = written.rfind('@');
  return at == std::string::npos ? written : written.substr(at + 1);
}

Step::Shell shell_of(const Target& target) {
  using Shell = Step::Shell;
  for (const auto shell :
       {Shell::sh, Shell::bash, Shell::pwsh, Shell::powershell, Shell::cmd, Shell::python3})
    if (target.shell == text(shell)) return shell;
  return Shell::sh;
}

class Selecting {
 public:
  explicit Selecting(const Team& team) : team_(team) {}

  Outcome add(const std::string& name, const Place& place) {
    const auto* target = team_.target(name);
    if (!target) return no_target(name, place);
    if (!seen_.insert(name).second) return Done{};
    add_hosts(*target);
    for (const auto& other : target->targets) DAVIT_CHECK(add(other, target->place));
    return Done{};
  }

  std::vector<Host> take() {
    for (auto& host : hosts_)
      if (std::count_if(hosts_.begin(), hosts_.end(),
                        [&](const Host& other) {
                          return other.address == host.address && other.port == host.port;
                        }) > 1 &&
          !host.user.empty())
        host.name = host.user + "@" + without_user(host.name);
    return std::move(hosts_);
  }

 private:
  void add_hosts(const Target& target) {
    for (const auto& written : target.hosts) {
      const auto parsed = parse_host(written);
      if (!parsed) continue;  // the reader has refused it
      Host host{.name = without_user(written), .user = parsed->user, .address = parsed->name};
      host.port = parsed->port > 0 ? parsed->port : target.port;
      if (host.user.empty()) host.user = target.user;
      host.target = target.name;
      host.tags = target.tags;
      host.shell = shell_of(target);
      host.state = target.state;
      const bool known = std::any_of(hosts_.begin(), hosts_.end(), [&](const Host& other) {
        return other.address == host.address && other.port == host.port && other.user == host.user;
      });
      if (!known) hosts_.push_back(std::move(host));
    }
  }

  Error no_target(const std::string& name, const Place& place) const {
    std::vector<std::string> known;
    for (const auto& target : team_.targets) known.push_back(target.name);
    const auto near = nearest(name, known);
    return {fmt::format("there is no target '{}'", name),
            near.empty() ? "targets are written under [targets] in .davit/team.toml"
                         : fmt::format("did you mean '{}'?", near),
            place};
  }

  const Team& team_;
  std::set<std::string> seen_;
  std::vector<Host> hosts_;
};

bool has_tags(const Target& target, const std::map<std::string, std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& tag) {
    const auto found = target.tags.find(tag.first);
    return found != target.tags.end() && found->second == tag.second;
  });
}

bool is_meant(const Host& host, const std::string& word) {
  if (word == host.target || glob_matches(word, host.name) || glob_matches(word, host.address))
    return true;
  const auto equals = word.find('=');
  if (equals == std::string::npos) return false;
  const auto tag = host.tags.find(word.substr(0, equals));
  return tag != host.tags.end() && tag->second == word.substr(equals + 1);
}

bool is_meant(const Host& host, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return is_meant(host, word); });
}

constexpr std::size_t kMostNames = 12;  // said in a hint

// "there are: web, web1, web2": targets and hosts, each once, and not hundreds of them.
std::string there_are(const std::vector<std::string>& known) {
  if (known.empty()) return "no step of it goes to a target";
  const auto shown = std::min(known.size(), kMostNames);
  const auto end = known.begin() + static_cast<std::ptrdiff_t>(shown);
  return fmt::format("there are: {}{}", fmt::join(known.begin(), end, ", "),
                     shown < known.size() ? ", …; davit hosts lists them" : "");
}

Outcome check_words(const std::vector<Host>& hosts, const std::vector<std::string>& words) {
  for (const auto& word : words) {
    if (std::any_of(hosts.begin(), hosts.end(),
                    [&](const Host& host) { return is_meant(host, word); }))
      continue;
    std::vector<std::string> targets, names;
    for (const auto& host : hosts) {
      names.push_back(host.name);
      if (std::find(targets.begin(), targets.end(), host.target) == targets.end())
        targets.push_back(host.target);
    }
    auto known = names;
    known.insert(known.end(), targets.begin(), targets.end());
    targets.insert(targets.end(), names.begin(), names.end());
    const auto near = nearest(word, known);
    return misused(fmt::format("'{}' is none of the {} hosts here", word, hosts.size()),
                   near.empty() ? there_are(targets) : fmt::format("did you mean '{}'?", near));
  }
  return Done{};
}

}  // namespace

Result<std::vector<Host>> select(const Team& team, const Selection& selection) {
  Selecting selecting(team);
  for (const auto& name : selection.names) DAVIT_CHECK(selecting.add(name, selection.place));
  if (!selection.tags.empty())
    for (const auto& target : team.targets)
      if (has_tags(target, selection.tags)) DAVIT_CHECK(selecting.add(target.name, target.place));
  auto hosts = selecting.take();
  if (hosts.empty())
    return Error{"no host is selected", "davit hosts lists them with their tags", selection.place};
  return hosts;
}

std::vector<Host> all_hosts(const Team& team) {
  Selecting selecting(team);
  for (const auto& target : team.targets)
    static_cast<void>(selecting.add(target.name, target.place).has_value());
  return selecting.take();
}

Result<std::vector<Host>> narrowed(std::vector<Host> hosts, const Narrowing& narrowing) {
  const auto& limit = narrowing.limit;
  const auto& exclude = narrowing.exclude;
  DAVIT_CHECK(check_words(hosts, limit));
  DAVIT_CHECK(check_words(hosts, exclude));
  std::erase_if(hosts, [&](const Host& host) {
    return (!limit.empty() && !is_meant(host, limit)) || is_meant(host, exclude);
  });
  if (hosts.empty()) return misused("no host is left", "take back a --limit or an --exclude");
  return hosts;
}

}  // namespace davit
