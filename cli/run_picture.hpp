// SPDX-License-Identifier: MIT
// A run as it stands: batches × steps × targets, what each does now, how long it took or may take.
// Pure: events in, with their moment; run_rows.hpp puts it into lines.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan/plan.hpp"

namespace davit {

// A target within a round.
struct TargetPicture {
  enum class Stage { waiting, running, succeeded, failed, skipped };
  std::string name;
  Stage stage = Stage::waiting;
  int attempt = 0;
  Instant since{};         // the last try began
  Duration took{};         // over
  std::string last;        // line of its output
  std::int64_t done = 0;   // bytes of what it is sent
  std::int64_t total = 0;  // 0: it is sent nothing
  bool excused = false;    // skipped before anything failed
  bool running() const { return stage == Stage::running; }
  bool over() const { return stage > Stage::running; }
};

// A step on the targets that do it together.
struct RoundPicture {
  int step = 0;
  std::string name;
  bool once = false;
  bool expected = true;  // false: only when something fails, or not at all
  std::vector<TargetPicture> targets;
  Instant began{};                // zero: not yet
  std::optional<Duration> took;   // over
  std::optional<Duration> known;  // how long it took elsewhere
  std::size_t in(TargetPicture::Stage) const;
  std::size_t over() const;
  bool local() const { return targets.front().name == kLocal; }
};

struct BatchPicture {
  int number = 1, of = 1;
  std::vector<std::string> targets;  // none where all is done here
  std::vector<RoundPicture> rounds;
  Instant began{};               // zero: not yet
  Duration pause{};              // before it
  std::set<std::string> failed;  // targets
  std::set<std::string> behind;  // can't be reached, and are left behind
  bool over() const { return rounds.back().took.has_value(); }
};

// What became of the targets.
struct Tally {
  std::size_t done = 0;  // every step
  std::size_t failed = 0;
  std::size_t behind = 0;     // left behind
  std::size_t open = 0;       // begun, and not every step done
  std::size_t untouched = 0;  // no step begun
  std::size_t all() const { return done + failed + behind + open + untouched; }
};

class RunPicture {
 public:
  RunPicture() = default;
  explicit RunPicture(const Plan&);

  void round_started(const Round&, Instant);
  void round_ended(Instant);
  void step_started(const std::string& target, int attempt, Instant);
  void line(const std::string& target, std::string_view text);
  void sent(const std::string& target, std::int64_t done, std::int64_t total);
  void step_finished(const StepRecord&);
  // So long a step took another time.
  void known(const std::string& step, Duration);

  const std::vector<BatchPicture>& batches() const { return batches_; }
  // The batch that runs, or ran last; null before the first.
  const BatchPicture* batch() const { return begun_ ? &batches_[batch_] : nullptr; }
  // The round that runs, or ran last; null before the first.
  const RoundPicture* round() const { return begun_ ? &batch()->rounds[round_] : nullptr; }
  bool in_round() const { return begun_ && !round()->took; }
  // Of all targets but what is done here. A step that was skipped is no step missing, unless the
  // whole failed before.
  Tally tally(Ended) const;
  // When the last round ended.
  Instant ended() const { return ended_; }

 private:
  TargetPicture* find(const std::string& target);
  void learn(int step, Duration);

  std::vector<BatchPicture> batches_;
  std::size_t batch_ = 0, round_ = 0;
  bool begun_ = false;
  Instant ended_{};
  bool skip_unreachable_ = false;
  bool failed_ = false;  // anything, by now
};

// How long the batch still takes, from earlier batches and from those of its targets that are done;
// nothing where that is not known.
std::optional<Duration> left(const BatchPicture&, Instant now);

}  // namespace davit
