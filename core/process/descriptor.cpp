// SPDX-License-Identifier: MIT
#include "core/process/descriptor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

namespace davit {

namespace {

sigset_t broken_pipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

// A program started with its standard streams closed gets pipes at 0, 1 and 2; those belong to
// the child's streams.
int above_the_standard_streams(int number) {
  if (number > 2) return number;
  const int moved = fcntl(number, F_DUPFD_CLOEXEC, 3);
  ::close(number);
  return moved;
}

}  // namespace

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    return Error{fmt::format("can't make a pipe: {}", std::strerror(errno))};
  Pipe made{Descriptor(above_the_standard_streams(ends[0])),
            Descriptor(above_the_standard_streams(ends[1]))};
  if (!made.read.open() || !made.write.open())
    return Error{"can't make a pipe: too many files are open"};
  return made;
}

void never_wait(const Descriptor& descriptor) {
  const int flags = fcntl(descriptor.number(), F_GETFL);
  fcntl(descriptor.number(), F_SETFL, flags | O_NONBLOCK);
}

Flow read_some(const Descriptor& descriptor, std::string& into) {
  std::array<char, 64 * 1024> buffer;  // NOLINT: read() fills it
  const auto count = ::read(descriptor.number(), buffer.data(), buffer.size());
  if (count > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(count));
    return Flow::going;
  }
  const bool again = count < 0 && (errno == EAGAIN || errno == EINTR);
  return again ? Flow::later : Flow::ended;
}

Flow write_some(const Descriptor& descriptor, std::string_view& from) {
  const auto count = ::write(descriptor.number(), from.data(), from.size());
  if (count >= 0) {
    from.remove_prefix(static_cast<std::size_t>(count));
    return Flow::going;
  }
  return errno == EAGAIN || errno == EINTR ? Flow::later : Flow::ended;
}

BrokenPipesAreErrors::BrokenPipesAreErrors() {
  sigset_t pending;
  sigpending(&pending);
  was_pending_ = sigismember(&pending, SIGPIPE) == 1;
  const sigset_t set = broken_pipe();
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &set, &before);
  was_blocked_ = sigismember(&before, SIGPIPE) == 1;
}

BrokenPipesAreErrors::~BrokenPipesAreErrors() {
  const sigset_t set = broken_pipe();
  const timespec at_once{};
  // The signal that a write of ours raised is taken off; one that waited before us is not ours.
  if (!was_pending_)
    while (sigtimedwait(&set, nullptr, &at_once) < 0 && errno == EINTR) {
    }
  if (!was_blocked_) pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace davit
