// SPDX-License-Identifier: MIT
// One step on one target, done to its end while others are done elsewhere. What is done there is a
// TargetDeed's; this is its life.
//
// On the loop: every function returns at once, and done() says when it is over. Its way:
//
//   reaching ─> wondering ─> writing ─> doing ─> over     wondering: whether its condition holds
//      ^  │         │           │         │              writing: until the journal has the try
//      │  └─────────┴───────────┴─────────┘  the connection is lost: made again, and the target is
//      │                                     asked what became of the try
//      └── resting, before the next try
//
// The journal has a try before the target hears of it, and its end when it is known. What nobody
// can tell is uncertain, and never begun again; what does no harm twice (an upload, a link) is done
// again instead.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/runner/target_deed.hpp"

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

  // What it and others put into the journal is on the disk, or is not: what waits for that goes on.
  void written(const Outcome& synced);

  // When it is done: what came of it, with 0 tries where there was no way to the target; nothing
  // where it was left open because davit is to stop. An error where the journal could not be
  // written. In the journal, and on the disk when that is synced.
  Result<std::optional<StepRecord>> record();
  // Its record is on the disk: the target need not know any more.
  void forget();
  // What it hands on to later steps.
  const Outputs& outputs() const { return result_.outputs; }

 private:
  enum class Stage { reaching, wondering, writing, doing, resting, over };

  Listener listener();
  void reach();
  void refused(const Error&);
  void ready();
  void wonder();
  void begin();
  void begin_anew();
  void take_back();
  void limit(Duration gone_by);
  void tell(std::string_view line);
  void lost(const Error&);
  Duration pause() const;
  void lost_for_good(const std::string& message, bool late);
  void rest(const std::string& why);
  void came(Tried);  // of the condition, or of a try
  void settle(StepRecord::Status, std::string message);
  void leave_open();

  std::string name() const;  // of the try
  TargetDeed& current() { return condition_ ? *condition_ : *deed_; }

  Run& run_;
  Targets& targets_;
  Spot spot_;
  std::string target_;
  LogWriter log_;
  Site site_;
  std::unique_ptr<TargetDeed> deed_;
  std::unique_ptr<TargetDeed> condition_;  // until its answer is known

  Stage stage_ = Stage::reaching;
  int attempt_ = 0;
  bool begun_ = false;              // the target may have heard of this try
  bool wondered_ = false;           // or of its condition
  std::optional<TryEnd::Why> why_;  // it was asked to end
  bool killed_ = false;
  Instant lost_at_{};
  int ways_ = 0;          // tried since it was lost
  Instant ready_at_{};    // when there was a way
  int in_vain_ = 0;       // ways in a row that were lost at once, without a word
  bool unheard_ = false;  // lost for so long that nobody knows its end but the target
  Loop::Watch timeout_, grace_, timer_;
  Tried result_;
  std::optional<Error> trouble_;  // with the journal
};

}  // namespace davit
