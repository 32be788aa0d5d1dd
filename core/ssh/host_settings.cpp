// SPDX-License-Identifier: MIT
#include "core/ssh/host_settings.hpp"

#include <fmt/format.h>
#include <fnmatch.h>
#include <glob.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <sstream>

#include "core/files/files.hpp"
#include "core/process/process.hpp"
#include "core/ssh/control_path.hpp"
#include "core/ssh/sockets.hpp"
#include "core/ssh/ssh_words.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr int kDeepest = 16;  // files that include files, as ssh has it
constexpr const char* kSystemConfig = "/etc/ssh/ssh_config";

HostSettings parse(const std::string& text) {
  HostSettings out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto end = std::min(line.find(' '), line.size());
    out.said[line.substr(0, end)].push_back(line.substr(std::min(end + 1, line.size())));
  }
  return out;
}

Result<HostSettings> ask(const Reach& reach, const Host& host) {
  DAVIT_TRY(const auto said, run(openssh_settings(reach, host)));
  if (said.status == 0) return parse(said.output);
  return Error{fmt::format("ssh can't read its configuration for {}: {}", host.name,
                           first_line(said.errors)),
               fmt::format("see what `ssh -G {}` says", host.address)};
}

// "Host web*", "host=web*": the keyword in lower case, and the rest.
std::pair<std::string, std::string> keyword_of(std::string_view line) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '='; };
  while (!line.empty() && blank(line.front())) line.remove_prefix(1);
  while (!line.empty() && blank(line.back())) line.remove_suffix(1);
  const auto end = std::find_if(line.begin(), line.end(), blank);
  auto word = ascii::lowered(line.substr(0, static_cast<std::size_t>(end - line.begin())));
  auto rest = line.substr(word.size());
  while (!rest.empty() && blank(rest.front())) rest.remove_prefix(1);
  return {std::move(word), std::string(rest)};
}

// Files that an Include names: relative ones lie beside the user's own configuration, or the
// system's.
std::vector<std::string> included(const std::string& pattern, const std::string& by) {
  auto path = ssh_path(pattern);
  if (!path.starts_with('/'))
    path = (by.starts_with("/etc/ssh/") ? "/etc/ssh/" : ssh_path("~/.ssh/")) + path;
  glob_t found{};
  std::vector<std::string> out;
  if (::glob(path.c_str(), 0, nullptr, &found) == 0)
    out.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  return out;
}

// "!" before a pattern takes hosts out again.
bool matches_line(const std::string& patterns, const std::string& name) {
  bool yes = false;
  std::istringstream words(patterns);
  for (std::string word; words >> word;) {
    const bool negated = word.starts_with('!');
    if (::fnmatch(word.c_str() + (negated ? 1 : 0), name.c_str(), FNM_NOESCAPE) != 0) continue;
    if (negated) return false;
    yes = true;
  }
  return yes;
}

}  // namespace

const std::string& HostSettings::value(const std::string& keyword) const {
  static const std::string nothing;
  const auto found = said.find(keyword);
  return found == said.end() || found->second.empty() ? nothing : found->second.front();
}

int HostSettings::number(const std::string& keyword) const {
  const auto& text = value(keyword);
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

const std::string& HostSettings::proxy() const {
  static const std::string none;
  for (const char* keyword : {"proxyjump", "proxycommand"})
    if (const auto& by = value(keyword); !by.empty() && by != "none") return by;
  return none;
}

std::string ssh_path(const std::string& path) {
  if (!path.starts_with("~/")) return path;
  struct passwd entry {};
  struct passwd* found = nullptr;
  std::array<char, 4096> room{};
  ::getpwuid_r(::getuid(), &entry, room.data(), room.size(), &found);
  return found == nullptr ? path : found->pw_dir + path.substr(1);
}

// False where the file says more than Host lines can tell.
bool SshConfig::read_patterns(const std::string& file, int depth) {
  const auto text = read_file(file);
  if (!text) return true;  // ssh says what is wrong with it, if it is
  if (depth > kDeepest) return false;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);)
    if (!read_line(line, file, depth)) return false;
  return true;
}

bool SshConfig::read_line(const std::string& line, const std::string& file, int depth) {
  const auto [word, rest] = keyword_of(line);
  if (word.starts_with('#')) return true;
  if (word == "controlpath") {
    paths_.push_back(rest);
    return true;
  }
  if (word == "match" || word == "hostname" || rest.find('%') != std::string::npos) return false;
  if (word != "host" && word != "include") return true;
  if (rest.find_first_of("\"\\[#") != std::string::npos) return false;
  if (word == "host") patterns_.push_back(rest);
  std::istringstream words(rest);
  for (std::string pattern; word == "include" && words >> pattern;)
    for (const auto& inner : included(pattern, file))
      if (!read_patterns(inner, depth + 1)) return false;
  return true;
}

void SshConfig::read_patterns() {
  if (std::exchange(read_, true)) return;
  const auto& settings = reach_.settings;
  for (const auto& option : settings.options)
    tells_apart_ = tells_apart_ || !read_line(option, "", kDeepest);
  if (settings.persist) paths_.push_back(kept_sockets());
  if (!settings.config.empty()) {
    tells_apart_ = tells_apart_ || !read_patterns(settings.config, 0);
    return;
  }
  for (const auto& file : {ssh_path("~/.ssh/config"), std::string(kSystemConfig)})
    tells_apart_ = tells_apart_ || !read_patterns(file, 0);
}

bool SshConfig::answers_for_many() {
  read_patterns();
  return !tells_apart_;
}

std::string SshConfig::kind(const Host& host) {
  auto out = fmt::format("{}\n{}\n", host.user, host.port);
  if (!answers_for_many()) return out + host.address;
  for (const auto& line : patterns_) out += matches_line(line, host.address) ? '1' : '0';
  return out;
}

// The patterns that give the path which ssh gave for the other one must agree about this one.
std::optional<HostSettings> SshConfig::as_for(const HostSettings& of_another,
                                              const Host& host) const {
  auto settings = of_another;
  if (settings.value("host") == host.address) return settings;
  settings.said["hostname"] = {ascii::lowered(host.address)};
  settings.said["host"] = {host.address};
  const auto& theirs = of_another.value("controlpath");
  if (theirs.empty() || theirs == "none") return settings;
  std::set<std::optional<std::string>> ours;
  for (const auto& pattern : paths_)
    if (control_path(pattern, of_another) == theirs) ours.insert(control_path(pattern, settings));
  if (ours.size() != 1) return std::nullopt;
  settings.said["controlpath"] = {**ours.begin()};
  return settings;
}

Result<HostSettings> SshConfig::of(const Host& host) {
  const auto which = kind(host);
  if (const auto found = known_.find(which); found != known_.end()) {
    auto settings = as_for(found->second, host);
    return settings ? Result<HostSettings>(*std::move(settings)) : ask(reach_, host);
  }
  DAVIT_TRY(auto settings, ask(reach_, host));
  known_.emplace(which, settings);
  return settings;
}

Result<HostSettings> SshConfig::defaults() {
  if (defaults_) return *defaults_;
  Reach none;
  none.settings.config = "none";
  Host nowhere;
  nowhere.name = nowhere.address = "davit.invalid";
  DAVIT_TRY(defaults_, ask(none, nowhere));
  return *defaults_;
}

}  // namespace davit
