// SPDX-License-Identifier: MIT
#include "core/deployment/runner_identity.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "core/files/files.hpp"
#include "core/process/machine_name.hpp"

namespace davit {

namespace {

std::string boot() {
  auto id = read_file("/proc/sys/kernel/random/boot_id");
  if (!id) return "";
  while (id->ends_with('\n')) id->pop_back();
  return *id;
}

// Field 22 of /proc/PID/stat (proc(5)): the start in clock ticks since boot. 0 where there is none,
// or only what is left of a dead one that its parent has not asked about (state Z).
std::int64_t started(int pid) {
  const auto line = read_file(fmt::format("/proc/{}/stat", pid));
  if (!line) return 0;
  // The second field is the program's name in parentheses and may hold anything.
  auto at = line->rfind(')');
  if (at != std::string::npos && line->compare(at, 3, ") Z") == 0) return 0;
  for (int field = 2; at != std::string::npos && field < 22; ++field) at = line->find(' ', at + 1);
  if (at == std::string::npos) return 0;
  return std::strtoll(line->c_str() + at, nullptr, 10);
}

}  // namespace

Runner this_runner() {
  const int pid = ::getpid();
  return {machine_name(), pid, boot(), started(pid)};
}

std::optional<bool> lives(const Runner& runner) {
  if (runner.host != machine_name()) return std::nullopt;
  return runner.boot == boot() && runner.started != 0 && started(runner.pid) == runner.started;
}

}  // namespace davit
