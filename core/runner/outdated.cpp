// SPDX-License-Identifier: MIT
#include "core/runner/outdated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;

// Its numbers as #.
std::string shape(const std::string& name) {
  std::string out;
  for (const char c : name)
    if (!ascii::digit(c) || !out.ends_with('#')) out += ascii::digit(c) ? '#' : c;
  return out;
}

bool hexadecimal_id(const std::string& name) {
  return name.size() >= 7 && name.size() <= 64 && ascii::hexadecimal(name);
}

bool later(const Sibling& a, const Sibling& b) {
  if (a.made != b.made) return a.made > b.made;
  return a.name.size() != b.name.size() ? a.name.size() > b.name.size() : a.name > b.name;
}

std::string without_last_slash(std::string path) {
  path = fs::path(path).lexically_normal().string();
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

Switch tidied(const Switch& asked) {
  return {without_last_slash(asked.link), without_last_slash(asked.to), asked.keep};
}

bool same_shape(const std::string& a, const std::string& b) {
  if (hexadecimal_id(a) && hexadecimal_id(b) && a.size() == b.size()) return true;
  return shape(a) == shape(b) && shape(a).find('#') != std::string::npos;
}

std::vector<std::string> outdated(const Switch& wanted, const std::vector<std::string>& before,
                                  std::vector<Sibling> siblings) {
  const fs::path to(wanted.to);
  std::vector<fs::path> held{to};
  // A relative link starts where it stands.
  for (const auto& one : before)
    if (!one.empty())
      held.emplace_back(without_last_slash((fs::path(wanted.link).parent_path() / one).string()));
  std::erase_if(siblings, [&](const Sibling& sibling) {
    return !same_shape(sibling.name, to.filename().string());
  });
  std::sort(siblings.begin(), siblings.end(), later);
  std::vector<std::string> out;
  int kept = 0;
  for (const auto& sibling : siblings) {
    const bool stays =
        std::find(held.begin(), held.end(), to.parent_path() / sibling.name) != held.end();
    if (++kept > wanted.keep && !stays) out.push_back(sibling.name);
  }
  return out;
}

Error nothing_there(const Switch& wanted) {
  return {fmt::format("there is no {}; {} is left as it is", wanted.to, wanted.link),
          "put it there first, with an upload step say"};
}

Error no_symlink(const std::string& link) {
  return {fmt::format("{} is not a symlink, and is left as it is", link),
          "move it away; davit makes the link"};
}

std::vector<std::string> words(const Switch& wanted, const Switched& switched) {
  std::vector<std::string> out{fmt::format("{} leads to {}", wanted.link, wanted.to)};
  if (!switched.before.empty()) out.back() += ", and led to " + switched.before;
  if (!switched.removed.empty())
    out.push_back(fmt::format("cleared away {}", fmt::join(switched.removed, ", ")));
  if (!switched.trouble.empty()) out.push_back(switched.trouble);
  return out;
}

}  // namespace davit
