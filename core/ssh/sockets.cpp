// SPDX-License-Identifier: MIT
#include "core/ssh/sockets.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace davit {

std::string sockets_folder() { return fmt::format("/tmp/davit-ssh-{}", ::geteuid()); }

std::string kept_sockets() { return sockets_folder() + "/%C"; }

Outcome make_sockets_folder() {
  const auto path = sockets_folder();
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    return Error{fmt::format("can't make {}: {}", path, std::strerror(errno)),
                 "it keeps ssh's connections; without [ssh] persist it is not needed"};
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      status.st_uid != ::geteuid() || (status.st_mode & 077U) != 0)
    return Error{fmt::format("{} is not a folder of yours alone", path),
                 "connections are kept there for [ssh] persist: remove it, or the setting"};
  return Done{};
}

}  // namespace davit
