// SPDX-License-Identifier: MIT
// One step on one target, done to its end while others are done elsewhere.
//
// On the loop: every function returns at once, and done() says when it is over. Its way:
//
//   reaching ─> beginning ─> running ─> fetching ─> over
//      ^  │         │           │
//      │  └─────────┴───────────┘  the connection is lost: made again, and the target is asked what
//      │                           became of the try
//      └── resting, before the next try
//
// The journal has a try before the target hears of it, and its end when it is known. What nobody
// can tell is uncertain, and never begun again.
#pragma once

#include <optional>
#include <string>

#include "core/runner/environment.hpp"
#include "core/runner/log_writer.hpp"
#include "core/runner/run.hpp"
#include "core/runner/targets.hpp"

namespace davit {

class TargetStep {
 public:
  // `values`: what the step's environment gets there. `left`: what the journal knows; null:
  // nothing.
  TargetStep(Run&, Targets&, const Spot&, const StepEnvironment& values, const StepProgress* left);
  ~TargetStep() { targets_.leave(target_); }
  TargetStep(const TargetStep&) = delete;
  TargetStep& operator=(const TargetStep&) = delete;

  void start();
  bool done() const { return stage_ == Stage::over; }
  // Asks it to stop: at once where nothing runs yet, else TERM and then KILL.
  void end(TryEnd::Why why);
  // Leaves it open where nothing of it was begun yet.
  void leave();

  // When it is done: what came of it, with 0 tries where there was no way to the target; nothing
  // where it was left open because davit is to stop. An error where the journal could not be
  // written.
  Result<std::optional<StepRecord>> record();

 private:
  enum class Stage { reaching, beginning, asking, running, fetching, resting, over };

  Listener listener();
  void reach();
  void ready();
  void begin();
  void limit(Duration gone_by);
  void follow();
  void hear(const Answer&);
  void still_running();
  void ended(int status, std::size_t size);
  void take(std::string_view bytes);
  void tell(std::string_view line);
  void look_whether_all_came();
  void fetch();
  void conclude(bool gone);
  void lost(const Error&);
  void rest(const std::string& why);
  void settle(StepRecord::Status, std::string message);

  std::string name() const;           // of the try
  void say(const std::string& text);  // where there is a way

  Run& run_;
  Targets& targets_;
  Spot spot_;
  std::string target_;
  const StepEnvironment& values_;
  std::string key_;
  LogWriter log_;

  Stage stage_ = Stage::reaching;
  Instant began_;
  int attempt_ = 0;
  bool begun_ = false;    // the target may have heard of this try
  std::size_t came_ = 0;  // bytes of its output
  std::optional<int> status_;
  std::size_t size_ = 0;  // of its output, when it has ended
  std::string fetched_;
  std::optional<std::size_t> wanted_;  // bytes of the file that is fetched
  std::optional<TryEnd::Why> why_;     // it was asked to end
  bool killed_ = false;
  int looks_ = 0;  // for what is left of it
  Instant lost_at_{};
  int ways_ = 0;          // tried since it was lost
  bool unheard_ = false;  // lost for so long that nobody knows its end but the target
  Loop::Watch timeout_, grace_, timer_, again_;
  StepRecord::Status result_ = StepRecord::Status::failed;
  std::string message_;
  Outputs outputs_;
  bool open_ = false;
  std::optional<Error> trouble_;  // with the journal
};

}  // namespace davit
