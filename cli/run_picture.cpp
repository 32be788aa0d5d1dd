// SPDX-License-Identifier: MIT
#include "cli/run_picture.hpp"

#include <algorithm>
#include <map>

#include "cli/terminal_text.hpp"
#include "cli/utf8.hpp"

namespace davit {

namespace {

using Stage = TargetPicture::Stage;

constexpr std::size_t kLastLine = 500;  // bytes

RoundPicture picture(const Plan& plan, const Round& round) {
  const auto& step = plan.steps[static_cast<std::size_t>(round.step)].step;
  RoundPicture out{.step = round.step, .name = terminal_line(step.name), .once = step.once};
  out.expected = step.enabled && step.when != Step::When::failure;
  for (const auto& target : round.targets) out.targets.push_back({.name = target});
  return out;
}

// Whether a round belongs to the same batch as the one before it.
bool goes_on(const Plan& plan, const Round& before, const Round& round) {
  const auto phase = [&](const Round& one) {
    return plan.steps[static_cast<std::size_t>(one.step)].phase;
  };
  return phase(before) == phase(round) && before.batch == round.batch;
}

Stage stage_of(const StepRecord& record) {
  if (record.status == StepRecord::Status::succeeded) return Stage::succeeded;
  return record.status == StepRecord::Status::skipped ? Stage::skipped : Stage::failed;
}

std::optional<Duration> left(const RoundPicture& round, Instant now) {
  if (round.took) return Duration{0};
  auto whole = round.known;
  if (round.began != Instant{})
    for (const auto& target : round.targets)
      if (target.stage == Stage::succeeded && (!whole || target.took > *whole)) whole = target.took;
  if (!whole || round.began == Instant{}) return whole;
  const auto left = *whole - (now - round.began);
  if (left > Duration{0}) return left;
  return std::nullopt;  // longer than ever: nobody knows
}

}  // namespace

std::size_t RoundPicture::in(Stage stage) const {
  return static_cast<std::size_t>(
      std::count_if(targets.begin(), targets.end(),
                    [&](const TargetPicture& target) { return target.stage == stage; }));
}

std::size_t RoundPicture::over() const {
  return static_cast<std::size_t>(std::count_if(
      targets.begin(), targets.end(), [](const TargetPicture& target) { return target.over(); }));
}

RunPicture::RunPicture(const Plan& plan) {
  for (std::size_t i = 0; i < plan.rounds.size(); ++i) {
    const auto& round = plan.rounds[i];
    if (i == 0 || !goes_on(plan, plan.rounds[i - 1], round))
      batches_.push_back({.number = round.batch + 1, .of = round.batches, .pause = round.pause});
    auto& batch = batches_.back();
    if (round.targets.front() != kLocal && round.targets.size() > batch.targets.size())
      batch.targets = round.targets;
    batch.rounds.push_back(picture(plan, round));
  }
}

// Rounds come in the plan's order, and each of them comes.
void RunPicture::round_started(const Round& round, Instant now) {
  const bool within = begun_ && round_ + 1 < batches_[batch_].rounds.size();
  if (!begun_)
    begun_ = true;
  else if (within)
    ++round_;
  else if (batch_ + 1 < batches_.size())
    ++batch_, round_ = 0;
  auto& batch = batches_[batch_];
  if (batch.began == Instant{}) batch.began = now;
  batch.rounds[round_].began = now;
  skip_unreachable_ = round.skip_unreachable;
}

void RunPicture::round_ended(Instant now) {
  if (!begun_) return;
  auto& round = batches_[batch_].rounds[round_];
  round.took = now - round.began;
  ended_ = now;
  for (auto& target : round.targets) target.last = {};
  if (round.in(Stage::succeeded) > 0) learn(round.step, *round.took);
}

void RunPicture::learn(int step, Duration took) {
  for (auto& batch : batches_)
    for (auto& round : batch.rounds)
      if (round.step == step) round.known = took;
}

void RunPicture::known(const std::string& step, Duration took) {
  for (auto& batch : batches_)
    for (auto& round : batch.rounds)
      if (round.name == terminal_line(step)) round.known = took;
}

TargetPicture* RunPicture::find(const std::string& target) {
  if (!begun_) return nullptr;
  auto& all = batches_[batch_].rounds[round_].targets;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == target; });
  return found == all.end() ? nullptr : &*found;
}

void RunPicture::step_started(const std::string& target, int attempt, Instant now) {
  auto* one = find(target);
  if (!one) return;
  one->stage = Stage::running;
  one->attempt = attempt;
  one->since = now;
}

void RunPicture::line(const std::string& target, std::string_view text) {
  if (auto* one = find(target)) one->last = head(text, kLastLine);
}

void RunPicture::sent(const std::string& target, std::int64_t done, std::int64_t total) {
  auto* one = find(target);
  if (!one) return;
  one->done = done;
  one->total = total;
}

void RunPicture::step_finished(const StepRecord& record) {
  auto* one = find(record.target);
  if (!one) return;
  one->stage = stage_of(record);
  one->took = record.took;
  one->excused = !failed_;
  if (one->stage != Stage::failed) return;
  failed_ = true;
  auto& batch = batches_[batch_];
  (record.tries == 0 && skip_unreachable_ ? batch.behind : batch.failed).insert(record.target);
}

Tally RunPicture::tally(Ended ended) const {
  const bool on = ended == Ended::succeeded || ended == Ended::partial;
  struct Seen {
    std::size_t steps = 0, succeeded = 0;
    bool failed = false, behind = false, begun = false;
  };
  std::map<std::string, Seen> all;
  for (const auto& batch : batches_) {
    for (const auto& round : batch.rounds) {
      if (round.local()) continue;
      for (const auto& target : round.targets) {
        auto& seen = all[target.name];
        const bool well = target.stage == Stage::succeeded;
        const bool none = target.stage == Stage::skipped && (on || target.excused);
        if ((round.expected || well) && !none) ++seen.steps;
        if (well) ++seen.succeeded;
        seen.begun = seen.begun || well || target.running();
      }
    }
    for (const auto& name : batch.failed) all[name].failed = true;
    for (const auto& name : batch.behind) all[name].behind = true;
  }
  all.erase(kLocal);
  Tally tally;
  for (const auto& [name, seen] : all)
    ++(seen.failed                    ? tally.failed
       : seen.behind                  ? tally.behind
       : seen.succeeded == seen.steps ? tally.done
       : seen.begun                   ? tally.open
                                      : tally.untouched);
  return tally;
}

std::optional<Duration> left(const BatchPicture& batch, Instant now) {
  Duration sum{0};
  for (const auto& round : batch.rounds) {
    if (!round.expected && round.began == Instant{}) continue;
    const auto one = left(round, now);
    if (!one) return std::nullopt;
    sum += *one;
  }
  return sum;
}

}  // namespace davit
