// SPDX-License-Identifier: MIT
#include "definitions/zone.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

bool plain(char c) {
  return ascii::alphanumeric(c) || c == '/' || c == '_' || c == '-' || c == '+';
}

// Neither a path that leads elsewhere nor one of the names that differ from machine to machine.
bool is_zone_name(std::string_view name) {
  return !name.empty() && name.size() < 64 && name.front() != '/' &&
         std::all_of(name.begin(), name.end(), plain) && !name.starts_with("posix") &&
         !name.starts_with("right/") && name != "localtime" && name != "Factory";
}

bool has_file(std::string_view name) {
  std::ifstream file("/usr/share/zoneinfo/" + std::string(name), std::ios::binary);
  std::array<char, 4> magic{};
  return file.read(magic.data(), magic.size()) &&
         std::string_view(magic.data(), magic.size()) == "TZif";
}

}  // namespace

bool zone_exists(std::string_view name) {
  thread_local std::string known = "UTC";  // most files name one zone, several times
  if (name == known) return true;
  if (!is_zone_name(name) || !has_file(name)) return false;
  known = name;
  return true;
}

}  // namespace davit
