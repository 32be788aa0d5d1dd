// SPDX-License-Identifier: MIT
#include "core/runner/step_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include "core/process/search.hpp"
#include "core/runner/supervisor.hpp"

namespace davit {

namespace {

using Ends = std::array<int, 2>;  // of a pipe: to read, to write

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

void default_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) ::sigaction(signal, &action, nullptr);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// In the new process; comes back only when something keeps the step from starting.
void become_step(const Launch& launch, const Ends& output, const Ends& errors) {
  auto arguments = pointers(launch.arguments);
  auto environment = pointers(launch.environment);
  ::setpgid(0, 0);
  default_signals();
  ::dup2(output[1], 1);
  ::dup2(errors[1], 2);
  if (::chdir(launch.directory.c_str()) == 0)
    ::execvpe(arguments[0], arguments.data(), environment.data());
}

void close_pipe(const Ends& pipe) {
  for (const int end : pipe)
    if (end >= 0) ::close(end);
}

// Reads the errno that the new process left; nothing when it became the step.
int told(int from) {
  int error = 0;
  ssize_t got = 0;
  do {
    got = ::read(from, &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  return got == static_cast<ssize_t>(sizeof error) ? error : 0;
}

int fork_step(const Launch& launch, StepProcess& step, const std::array<Ends, 3>& pipes) {
  const auto& [output, errors, news] = pipes;
  step.id = ::_Fork();
  if (step.id < 0) return errno;
  if (step.id == 0) {
    become_step(launch, output, errors);
    const int error = errno;
    ::_exit(::write(news[1], &error, sizeof error) > 0 ? 127 : 126);
  }
  ::setpgid(step.id, step.id);
  for (const auto& pipe : pipes) ::close(pipe[1]);
  const int error = told(news[0]);
  ::close(news[0]);
  if (error == 0) return 0;
  ::waitpid(step.id, nullptr, 0);
  return error;
}

}  // namespace

int start_step(const Launch& launch, StepProcess& step) {
  std::array<Ends, 3> pipes{Ends{-1, -1}, Ends{-1, -1}, Ends{-1, -1}};
  for (auto& pipe : pipes) {
    if (::pipe2(pipe.data(), O_CLOEXEC) == 0) continue;
    const int error = errno;
    for (const auto& made : pipes) close_pipe(made);
    return error;
  }
  int error = fork_step(launch, step, pipes);
  const bool entered = ::access(launch.directory.c_str(), X_OK) == 0;
  if (error == EACCES && entered && !is_on_path(launch.arguments.front())) error = ENOENT;
  if (error != 0) {
    ::close(pipes[0][0]);
    ::close(pipes[1][0]);
    return error;
  }
  step.output = pipes[0][0];
  step.errors = pipes[1][0];
  for (const int stream : {step.output, step.errors}) ::fcntl(stream, F_SETFL, O_NONBLOCK);
  return 0;
}

}  // namespace davit
