// SPDX-License-Identifier: MIT
#include "core/ssh/control_path.hpp"

#include <unistd.h>

#include "core/digest/digest.hpp"
#include "core/process/machine_name.hpp"

namespace davit {

namespace {

std::optional<std::string> token(char letter, const HostSettings& settings) {
  const auto machine = machine_name();
  const auto &host = settings.value("hostname"), &port = settings.value("port"),
             &user = settings.value("user");
  switch (letter) {
    case '%':
      return "%";
    case 'h':
      return host;
    case 'n':
      return settings.value("host");
    case 'p':
      return port;
    case 'r':
      return user;
    case 'i':
      return std::to_string(::getuid());
    case 'l':
      return machine;
    case 'L':
      return machine.substr(0, machine.find('.'));
    case 'C':
      return sha1(machine + host + port + user);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> control_path(const std::string& pattern, const HostSettings& settings) {
  std::string out;
  for (auto at = pattern.begin(); at != pattern.end(); ++at) {
    if (*at != '%') {
      out += *at;
      continue;
    }
    if (++at == pattern.end()) return std::nullopt;
    const auto filled = token(*at, settings);
    if (!filled) return std::nullopt;
    out += *filled;
  }
  return ssh_path(out);
}

}  // namespace davit
