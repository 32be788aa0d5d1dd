// SPDX-License-Identifier: MIT
// After fork() only what a fork may do: glibc makes malloc safe there; no lock of ours is taken.
// Further processes come from _Fork(): the handlers that fork() calls are libuv's, and would close
// files that are ours by now.
#include "core/runner/supervisor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "core/runner/log_writer.hpp"
#include "core/runner/step_process.hpp"
#include "core/runner/try_file.hpp"

namespace davit {

namespace {

using Moment = std::chrono::steady_clock::time_point;

// What the signal handlers leave for the loop.
volatile std::sig_atomic_t asked_to_end = 0;

void on_terminate(int) { asked_to_end = asked_to_end + 1; }
void on_child(int) {}

class Supervisor {
 public:
  Supervisor(const Launch& launch, int bell)
      : launch_(launch), bell_(bell), log_(launch.log, launch.step, launch.mask, launch.clock) {}

  void run() {
    began_ = std::chrono::steady_clock::now();
    if (launch_.timeout) timeout_ = began_ + *launch_.timeout;
    write_start(launch_.try_file, {::getpid(), 0, launch_.clock.now()});
    if (const int error = start_step(launch_, process_); error != 0) {
      end_.why = TryEnd::Why::unstarted;
      end_.status = error;
    } else {
      write_start(launch_.try_file, {::getpid(), process_.id, launch_.clock.now()});
      while (!over()) turn();
      drain();
    }
    log_.finish();
    end_.log_whole = log_.whole();
    end_.took = since(began_);
    write_end(launch_.try_file, end_);
    leave_reader();
  }

 private:
  static Duration since(Moment moment) {
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - moment);
  }

  // The step's process is gone; and, where it was ended, its whole group, or we gave up on it.
  bool over() {
    if (!ended_) return given_up_;
    if (end_.why == TryEnd::Why::itself) return true;
    end_.gone = ::kill(-process_.id, 0) != 0 && errno == ESRCH;
    return end_.gone || given_up_;
  }

  void turn() {
    std::array<pollfd, 2> streams{pollfd{process_.output, POLLIN, 0},
                                  pollfd{process_.errors, POLLIN, 0}};
    const auto patience = wait_for();
    const timespec time{patience.count() / 1000, patience.count() % 1000 * 1000000};
    sigset_t none;
    sigemptyset(&none);
    ::ppoll(streams.data(), streams.size(), &time, &none);
    if (streams[0].revents != 0) read(process_.output, kLongestLine);
    if (streams[1].revents != 0) read(process_.errors, kLongestLine);
    reap();
    end_when_due();
  }

  // How long there is nothing to do when nothing happens.
  Duration wait_for() const {
    Duration longest{60000};
    if (end_.why != TryEnd::Why::itself) longest = Duration{20};  // a group's end is not signalled
    if (timeout_)
      longest = std::min(longest,
                         std::chrono::ceil<Duration>(*timeout_ - std::chrono::steady_clock::now()));
    return std::max(longest, Duration{0});
  }

  // Reads once, at most so much; closes the stream at its end. How much there was.
  std::size_t read(int& stream, std::size_t most) {
    if (stream < 0) return 0;
    const auto got = ::read(stream, piece_.data(), std::min(most, piece_.size()));
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    if (got <= 0) {
      ::close(stream);
      stream = -1;
      return 0;
    }
    const std::string_view bytes(piece_.data(), static_cast<std::size_t>(got));
    &stream == &process_.output ? log_.output(bytes) : log_.errors(bytes);
    ring();
    return bytes.size();
  }

  // What lies in the pipes when the step ends belongs to it; what its children add later does not.
  void drain() {
    for (int* stream : {&process_.output, &process_.errors}) {
      int left = 0;
      if (*stream < 0 || ::ioctl(*stream, FIONREAD, &left) != 0) continue;
      for (auto rest = static_cast<std::size_t>(std::max(left, 0)); rest > 0;) {
        const auto got = read(*stream, rest);
        if (got == 0) break;
        rest -= got;
      }
    }
  }

  void ring() {
    const char one = 0;
    if (::write(bell_, &one, 1) < 0) return;  // full: it rings already; closed: nobody listens
  }

  // Orphans of the step are ours to reap, too.
  void reap() {
    int status = 0;
    pid_t who = 0;
    while ((who = ::waitpid(-1, &status, WNOHANG)) > 0) {
      if (who != process_.id) continue;
      ended_ = true;
      end_.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
  }

  void end_when_due() {
    const auto now = std::chrono::steady_clock::now();
    const bool late = timeout_ && now >= *timeout_;
    if (end_.why == TryEnd::Why::itself) {
      if (ended_ || (!late && asked_to_end == 0)) return;
      end_.why = asked_to_end != 0 ? TryEnd::Why::asked : TryEnd::Why::timeout;
      signal_group(SIGTERM);
      signal_group(SIGCONT);  // a stopped process can't end
      timeout_ = now + launch_.grace;
    } else if (!killed_ && (late || asked_to_end > 1)) {
      killed_ = true;
      signal_group(SIGKILL);
      timeout_ = now + launch_.grace;
    } else if (killed_ && late) {
      given_up_ = true;
      end_.gone = false;
    }
  }

  void signal_group(int signal) const { ::kill(-process_.id, signal); }

  static bool at_end(ssize_t got) {
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
  }

  // Whoever still holds the step's output may write to it for as long as it lives.
  void leave_reader() {
    if (process_.output < 0 && process_.errors < 0) return;
    if (::_Fork() != 0) return;
    ::close(bell_);
    ::close(launch_.log);
    ::close(launch_.try_file);
    std::array<pollfd, 2> streams{pollfd{process_.output, POLLIN, 0},
                                  pollfd{process_.errors, POLLIN, 0}};
    while (streams[0].fd >= 0 || streams[1].fd >= 0) {
      ::poll(streams.data(), streams.size(), -1);
      for (auto& stream : streams)
        if (stream.revents != 0 && at_end(::read(stream.fd, piece_.data(), piece_.size())))
          stream.fd = -1;
    }
  }

  const Launch& launch_;
  int bell_;
  LogWriter log_;
  StepProcess process_;
  Moment began_;
  std::optional<Moment> timeout_;  // of the step; later of TERM and of KILL
  bool ended_ = false, killed_ = false, given_up_ = false;
  TryEnd end_;
  std::array<char, kLongestLine> piece_{};
};

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigaction(signal, &action, nullptr);
}

void settle_signals() {
  for (const int signal : {SIGINT, SIGHUP, SIGPIPE, SIGXFSZ, SIGQUIT, SIGUSR1, SIGUSR2})
    handle(signal, SIG_IGN);
  handle(SIGTERM, on_terminate);
  handle(SIGCHLD, on_child);
  // Delivered only inside ppoll, so that none comes between a look and a wait.
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGTERM);
  sigaddset(&held, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &held, nullptr);
}

// Lets go of everything of davit's (its terminal, its lock) but the three files.
void settle_files(Launch& launch, int& bell) {
  // First out of the way: davit may have been started with its own 0, 1 or 2 closed.
  for (int* file : {&launch.log, &launch.try_file, &bell}) *file = ::fcntl(*file, F_DUPFD, 16);
  const int null = ::open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) ::dup2(null, standard);
  int next = 3;
  for (int* file : {&launch.log, &launch.try_file, &bell}) {
    ::dup2(*file, next);
    ::fcntl(next, F_SETFD, FD_CLOEXEC);
    *file = next++;
  }
  ::closefrom(next);
}

}  // namespace

Result<Launched> launch(const Launch& wanted) {
  std::array<int, 2> bell{-1, -1};
  const auto fail = [] {
    return Error{fmt::format("can't make a process for the step: {}", std::strerror(errno))};
  };
  if (::pipe2(bell.data(), O_CLOEXEC | O_NONBLOCK) != 0) return fail();
  const pid_t process = ::fork();
  if (process == 0) {
    ::setsid();
    settle_signals();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    Launch ours = wanted;
    settle_files(ours, bell[1]);
    Supervisor(ours, bell[1]).run();
    ::_exit(0);
  }
  const auto error = fail();
  ::close(bell[1]);
  if (process > 0) return Launched{process, bell[0]};
  ::close(bell[0]);
  return error;
}

}  // namespace davit
