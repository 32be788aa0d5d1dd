// SPDX-License-Identifier: MIT
#include "tests/program/running.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <utility>

namespace program {

namespace {

constexpr int kPatience = 60'000;  // milliseconds

std::string contents(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

void redirect(const std::string& path, int flags, int to) {
  const int file = open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (file < 0 || dup2(file, to) < 0) _exit(126);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

}  // namespace

void become(const std::vector<std::string>& command, const std::vector<std::string>& environment,
            const std::string& directory) {
  if (chdir(directory.c_str()) != 0) _exit(126);
  auto arguments = pointers(command);
  auto variables = pointers(environment);
  execvpe(arguments[0], arguments.data(), variables.data());
  _exit(127);
}

Running::Running(const Start& start) : prefix_(start.prefix) {
  std::ofstream(prefix_ + ".in", std::ios::binary) << start.input;
  pid_ = fork();
  REQUIRE(pid_ >= 0);
  if (pid_ != 0) return;
  setsid();
  redirect(prefix_ + ".in", O_RDONLY, STDIN_FILENO);
  redirect(prefix_ + ".out", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(prefix_ + ".err", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  become(start.command, start.environment, start.directory);
}

Running::Running(Running&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), prefix_(std::move(other.prefix_)) {}

Running::~Running() {
  if (pid_ <= 0) return;
  ::kill(-pid_, SIGKILL);
  reap(pid_);
}

void Running::kill(int signal) const { ::kill(pid_, signal); }

bool Running::ended() const { return wait_for_end(pid_, 0); }

Spoken Running::wait() {
  if (!wait_for_end(pid_, kPatience)) {
    FAIL("still running after a minute; it said:\n"
         << contents(prefix_ + ".out") << contents(prefix_ + ".err"));
  }
  const int status = reap(std::exchange(pid_, -1));
  return {status, contents(prefix_ + ".out"), contents(prefix_ + ".err")};
}

bool wait_for_end(pid_t pid, int milliseconds) {
  // glibc's <sys/pidfd.h> can't be used from C++ yet.
  const int handle = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  REQUIRE(handle >= 0);
  pollfd waiting{handle, POLLIN, 0};
  const int ready = poll(&waiting, 1, milliseconds);
  close(handle);
  return ready == 1;
}

int reap(pid_t pid) {
  int status = 0;
  if (waitpid(pid, &status, 0) != pid) return -1;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace program
