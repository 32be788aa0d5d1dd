// SPDX-License-Identifier: MIT
#include "core/process/process.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/process/spawn.hpp"

namespace davit {

namespace {

using SteadyInstant = std::chrono::steady_clock::time_point;
constexpr auto kGrace = std::chrono::seconds(2);
constexpr auto kLook = std::chrono::milliseconds(10);  // where the system can't tell of an end
constexpr auto kAsk = std::chrono::milliseconds(100);  // whether to give up

// Feeds a child, takes what it prints, and watches limits and the clock until it has ended.
class Conversation {
 public:
  Conversation(const Invocation& command, Child child)
      : command_(command), child_(std::move(child)), input_(command.input) {
    if (command.timeout) deadline_ = std::chrono::steady_clock::now() + *command.timeout;
  }

  Result<Finished> hold() {
    while (!child_.has_ended() && !unwanted()) {
      keep_time();
      wait_for_news();
      exchange();
    }
    return conclude();
  }

 private:
  void keep_time() {
    if (!late_ && command_.give_up && command_.give_up()) {
      given_up_ = true;
      deadline_ = std::chrono::steady_clock::now();
    }
    if (!deadline_ || std::chrono::steady_clock::now() < *deadline_) return;
    child_.signal(late_ ? SIGKILL : SIGTERM);
    late_ = true;
    deadline_ = std::chrono::steady_clock::now() + kGrace;
  }

  int patience() const {
    if (!child_.ended.open()) return static_cast<int>(kLook.count());
    const int longest = command_.give_up ? static_cast<int>(kAsk.count()) : 3'600'000;
    if (!deadline_) return command_.give_up ? longest : -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, longest));
  }

  void wait_for_news() {
    if (input_.empty()) child_.input.close();
    // A closed descriptor is -1, which poll leaves alone.
    std::array<pollfd, 4> watched{{{child_.input.number(), POLLOUT, 0},
                                   {child_.output.number(), POLLIN, 0},
                                   {child_.errors.number(), POLLIN, 0},
                                   {child_.ended.number(), POLLIN, 0}}};
    poll(watched.data(), watched.size(), patience());
  }

  void exchange() {
    if (child_.input.open() && write_some(child_.input, input_) == Flow::ended) input_ = {};
    take(child_.output, finished_.output, command_.output_to);
    take(child_.errors, finished_.errors, {});
  }

  void take(Descriptor& from, std::string& into,
            const std::function<Outcome(std::string_view)>& taker) {
    Flow flow = Flow::later;
    while (from.open() && !unwanted() && (flow = read_some(from, into)) == Flow::going) {
      if (taker) hand_over(into, taker);
      too_much_ = into.size() > command_.largest_output;
    }
    if (flow == Flow::ended) from.close();
  }

  void hand_over(std::string& piece, const std::function<Outcome(std::string_view)>& taker) {
    if (auto taken = taker(piece); !taken) refused_ = std::move(taken).error();
    piece.clear();
  }

  bool unwanted() const { return too_much_ || refused_.has_value(); }

  Result<Finished> conclude() {
    // What it printed before its end is in the pipes. Whoever it left behind may hold them open for
    // ever, so that their end is not waited for.
    exchange();
    if (late_ || unwanted()) child_.signal(SIGKILL);
    const auto status = child_.wait();
    const auto& program = command_.arguments.front();
    if (refused_) return *refused_;
    if (too_much_)
      return Error{fmt::format("{} printed more than {} bytes and was ended", program,
                               command_.largest_output)};
    if (given_up_) return Error{fmt::format("{} was ended on request", program)};
    if (late_)
      return Error{
          fmt::format("{} took longer than {} and was ended", program, text(*command_.timeout))};
    if (!status) return Error{fmt::format("can't learn how {} ended", program)};
    finished_.status = *status;
    return std::move(finished_);
  }

  const Invocation& command_;
  Child child_;
  std::string_view input_;
  std::optional<SteadyInstant> deadline_;
  bool late_ = false;
  bool given_up_ = false;
  bool too_much_ = false;
  std::optional<Error> refused_;
  Finished finished_;
};

}  // namespace

Result<Finished> run(const Invocation& command) {
  const BrokenPipesAreErrors while_it_runs;
  DAVIT_TRY(auto child, spawn(command));
  return Conversation(command, std::move(child)).hold();
}

}  // namespace davit
