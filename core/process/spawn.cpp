// SPDX-License-Identifier: MIT
#include "core/process/spawn.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/process/search.hpp"

namespace davit {

namespace {

std::string_view name_of(std::string_view assignment) {
  return assignment.substr(0, assignment.find('='));
}

// Our environment, with what the command adds and without what it takes out.
std::vector<std::string> environment_of(const Invocation& command) {
  const auto replaced = [&](std::string_view name) {
    const auto& without = command.without;
    return std::find(without.begin(), without.end(), name) != without.end() ||
           std::any_of(command.environment.begin(), command.environment.end(),
                       [&](const auto& added) { return added.first == name; });
  };
  std::vector<std::string> made;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
    if (!replaced(name_of(*entry))) made.emplace_back(*entry);
  for (const auto& [name, value] : command.environment) made.push_back(name + "=" + value);
  return made;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> made;
  made.reserve(strings.size() + 1);
  for (auto& text : strings) made.push_back(text.data());
  made.push_back(nullptr);
  return made;
}

// What the child does between fork and exec, in posix_spawn's terms.
struct Preparation {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  Preparation() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~Preparation() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;
};

void prepare_signals(Preparation& preparation, const Invocation& command) {
  sigset_t none;
  sigemptyset(&none);
  sigset_t defaults;
  sigemptyset(&defaults);
  for (const int number : {SIGPIPE, SIGCHLD, SIGXFSZ}) sigaddset(&defaults, number);
  posix_spawnattr_setsigmask(&preparation.attributes, &none);
  posix_spawnattr_setsigdefault(&preparation.attributes, &defaults);
  int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  if (command.apart)
    flags |= POSIX_SPAWN_SETSID;
  else if (command.timeout)
    flags |= POSIX_SPAWN_SETPGROUP;
  posix_spawnattr_setpgroup(&preparation.attributes, 0);
  posix_spawnattr_setflags(&preparation.attributes, static_cast<short>(flags));
}

Error cannot_start(const Invocation& command, int reason) {
  const auto& program = command.arguments.front();
  if (!command.directory.empty() && access(command.directory.c_str(), X_OK) != 0)
    return {
        fmt::format("can't start {} in {}: {}", program, command.directory, std::strerror(errno))};
  if (reason == ENOENT || (reason == EACCES && !is_on_path(program)))
    return {fmt::format("can't find the program {}", program),
            "install it, or add its directory to PATH"};
  return {fmt::format("can't start {}: {}", program, std::strerror(reason))};
}

bool holds_nul(const Invocation& command) {
  const auto nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  return std::any_of(command.arguments.begin(), command.arguments.end(), nul) ||
         std::any_of(command.environment.begin(), command.environment.end(),
                     [&](const auto& added) { return nul(added.first) || nul(added.second); });
}

}  // namespace

Child::Child(pid_t process, bool leads_group, Descriptor in, Descriptor out, Descriptor err)
    : input(std::move(in)),
      output(std::move(out)),
      errors(std::move(err)),
      ended(static_cast<int>(syscall(SYS_pidfd_open, process, 0))),
      process_(process),
      leads_group_(leads_group) {
  for (const auto* end : {&input, &output, &errors}) never_wait(*end);
}

Child::Child(Child&& other) noexcept
    : input(std::move(other.input)),
      output(std::move(other.output)),
      errors(std::move(other.errors)),
      ended(std::move(other.ended)),
      process_(std::exchange(other.process_, -1)),
      leads_group_(other.leads_group_) {}

Child::~Child() {
  if (process_ <= 0) return;
  signal(SIGKILL);
  wait();
}

bool Child::has_ended() const {
  siginfo_t told{};
  if (waitid(P_PID, static_cast<id_t>(process_), &told, WEXITED | WNOHANG | WNOWAIT) != 0)
    return errno != EINTR;
  return told.si_pid == process_;
}

void Child::signal(int number) const {
  if (process_ > 0) kill(leads_group_ ? -process_ : process_, number);
}

std::optional<int> Child::wait() {
  int status = 0;
  pid_t waited = 0;
  do waited = waitpid(process_, &status, 0);
  while (waited < 0 && errno == EINTR);
  process_ = -1;
  if (waited < 0) return std::nullopt;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Result<Child> spawn(const Invocation& command) {
  if (command.arguments.empty() || command.arguments.front().empty())
    return Error{"no program to start"};
  if (holds_nul(command))
    return Error{fmt::format("can't start {}: an argument holds a NUL byte", command.arguments[0])};
  DAVIT_TRY(auto input, make_pipe());
  DAVIT_TRY(auto output, make_pipe());
  DAVIT_TRY(auto errors, make_pipe());

  Preparation preparation;
  posix_spawn_file_actions_adddup2(&preparation.files, input.read.number(), 0);
  posix_spawn_file_actions_adddup2(&preparation.files, output.write.number(), 1);
  posix_spawn_file_actions_adddup2(&preparation.files, errors.write.number(), 2);
  if (!command.directory.empty())
    posix_spawn_file_actions_addchdir_np(&preparation.files, command.directory.c_str());
  const bool own_group = command.apart || command.timeout;
  prepare_signals(preparation, command);

  auto arguments = command.arguments;
  auto environment = environment_of(command);
  pid_t process = -1;
  const int failed =
      posix_spawnp(&process, arguments.front().c_str(), &preparation.files, &preparation.attributes,
                   pointers(arguments).data(), pointers(environment).data());
  if (failed != 0) return cannot_start(command, failed);
  return Child(process, own_group, std::move(input.write), std::move(output.read),
               std::move(errors.read));
}

}  // namespace davit
