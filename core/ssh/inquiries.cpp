// SPDX-License-Identifier: MIT
#include "core/ssh/inquiries.hpp"

#include <fmt/format.h>

#include <csignal>
#include <deque>
#include <optional>

#include "core/clock/clock.hpp"
#include "core/process/spawn.hpp"

namespace davit {

namespace {

// One of them, while it runs.
class Asked {
 public:
  Asked(Loop& loop, const Invocation& command, Inquiry& into)
      : loop_(loop), into_(into), began_(system_clock().now()) {
    auto child = spawn(command);
    if (!child) {
      into_.said = child.error();
      return;
    }
    child_.emplace(*std::move(child));
    child_->input.close();
    output_ = loop_.on_readable(child_->output.number(), [this] { read_output(); });
    errors_ = loop_.on_readable(child_->errors.number(), [this] { read_errors(); });
    if (command.timeout) end_ = loop_.after(*command.timeout, [this, &command] { late(command); });
  }

  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;

  bool over() const { return !child_; }

 private:
  void read_output() {
    if (read_some(child_->output, finished_.output) == Flow::ended) output_.reset();
    look();
  }
  void read_errors() {
    if (read_some(child_->errors, finished_.errors) == Flow::ended) errors_.reset();
    look();
  }
  void look() {
    if (output_ || errors_) return;
    finished_.status = child_->wait().value_or(255);
    finish(std::move(finished_));
  }
  void late(const Invocation& command) {
    child_->signal(SIGKILL);
    output_.reset();
    errors_.reset();
    finish(Error{
        fmt::format("{} took longer than {}", command.arguments.front(), text(*command.timeout))});
  }
  void finish(Result<Finished> said) {
    end_.reset();
    child_.reset();
    into_ = {std::move(said), system_clock().now() - began_};
  }

  Loop& loop_;
  Inquiry& into_;
  Instant began_;
  std::optional<Child> child_;
  Finished finished_;
  Loop::Watch output_, errors_, end_;
};

}  // namespace

std::vector<Inquiry> ask_all(Loop& loop, const std::vector<Invocation>& commands,
                             std::size_t at_once) {
  std::vector<Inquiry> out(commands.size());
  std::deque<Asked> running;
  std::size_t next = 0;
  loop.until([&] {
    std::size_t busy = 0;
    for (const auto& one : running) busy += one.over() ? 0u : 1u;
    for (; next < commands.size() && busy < at_once; ++next)
      busy += running.emplace_back(loop, commands[next], out[next]).over() ? 0u : 1u;
    return busy == 0 && next == commands.size();
  });
  return out;
}

}  // namespace davit
