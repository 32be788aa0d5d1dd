// SPDX-License-Identifier: MIT
#include "tests/program/terminal.hpp"

#include <doctest/doctest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace program {

namespace {

constexpr int kPatience = 60'000;  // milliseconds

int left_until(std::chrono::steady_clock::time_point end) {
  using std::chrono::milliseconds;
  const auto left = end - std::chrono::steady_clock::now();
  const auto count = std::chrono::duration_cast<milliseconds>(left).count();
  return count > 0 ? static_cast<int>(count) : 0;
}

std::chrono::steady_clock::time_point patience() {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatience);
}

}  // namespace

Terminal::Terminal(const Scratch& scratch, const Words& arguments, Size size)
    : Terminal(Begin{}, scratch, davit_command(arguments), size) {}

Terminal Terminal::of(const Scratch& scratch, const Words& command, Size size) {
  return Terminal(Begin{}, scratch, command, size);
}

Terminal::Terminal(Begin, const Scratch& scratch, const Words& command, Size size)
    : screen_(size.rows) {
  winsize window{};
  window.ws_row = static_cast<unsigned short>(size.rows);
  window.ws_col = static_cast<unsigned short>(size.columns);
  auto environment = scratch.environment();
  environment.push_back("TERM=xterm-256color");
  const std::string directory = scratch.directory();
  pid_ = forkpty(&master_, nullptr, nullptr, &window);
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) become(command, environment, directory);
}

Terminal::Terminal(Terminal&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      master_(std::exchange(other.master_, -1)),
      screen_(std::move(other.screen_)),
      expected_(other.expected_) {}

Terminal::~Terminal() {
  hang_up();
  if (pid_ <= 0) return;
  ::kill(-pid_, SIGKILL);
  reap(pid_);
}

void Terminal::expect(const std::string& text) {
  const auto end = patience();
  while (true) {
    const auto found = transcript().find(text, expected_);
    if (found != std::string::npos) {
      expected_ = found + text.size();
      return;
    }
    if (!read_some(left_until(end))) break;
  }
  FAIL("expected \"" << text << "\"; the screen says:\n" << screen());
}

void Terminal::send(const std::string& keys) {
  REQUIRE(write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
}

void Terminal::hang_up() {
  if (master_ >= 0) close(std::exchange(master_, -1));
}

void Terminal::kill(int signal) const { ::kill(pid_, signal); }

int Terminal::wait() {
  // A program that fills the terminal's buffer must be read, or it never ends.
  const auto end = patience();
  while (!wait_for_end(pid_, 0) && left_until(end) > 0) {
    if (!read_some(left_until(end))) wait_for_end(pid_, left_until(end));
  }
  if (!wait_for_end(pid_, 0)) FAIL("still running after a minute; the screen says:\n" << screen());
  drain();
  return reap(std::exchange(pid_, -1));
}

bool Terminal::read_some(int milliseconds) {
  if (master_ < 0) return false;
  pollfd waiting{master_, POLLIN, 0};
  if (poll(&waiting, 1, milliseconds) != 1) return false;
  char bytes[4096];
  const ssize_t count = read(master_, bytes, sizeof bytes);
  if (count <= 0) return false;  // nobody holds the other end any more
  screen_.feed({bytes, static_cast<std::size_t>(count)});
  return true;
}

void Terminal::drain() {
  while (read_some(0)) {
  }
}

}  // namespace program
