// SPDX-License-Identifier: MIT
// A run step on a target, and a step's condition: scripts both.
#include <fmt/format.h>

#include "core/runner/ending.hpp"
#include "core/runner/outputs.hpp"
#include "core/runner/target_act.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

class TargetRun : public TargetDeed {
 public:
  explicit TargetRun(const Site& site)
      : site_(site), script_(site, [this](const TryEnd& end) { ended(end); }) {}

  void begin(const std::string& name, int attempt) override {
    fetching_ = false;
    const auto& step = site_.spot.step();
    RemoteTry wanted{.name = name, .script = std::get<RunAction>(step.action).script};
    wanted.shell = step.shell;
    const auto usual = site_.targets.host(site_.spot.target).shell;
    if (wanted.shell == Step::Shell::sh) wanted.shell = usual;
    wanted.values["DAVIT_TRY"] = std::to_string(attempt);
    script_.begin(std::move(wanted));
  }

  void ask(const std::string& name, int) override {
    fetching_ = false;
    script_.ask(name);
  }

  void hear(const Answer& answer) override {
    if (!fetching_) return script_.hear(answer);
    if (answer.size() < 3 || answer[1] != script_.name() || answer.front() != "file") return;
    wanted_ = number_in(answer, 2);
    look_whether_it_came();
  }

  void take(std::string_view bytes) override {
    if (!fetching_) return script_.take(bytes);
    fetched_.append(bytes);
    look_whether_it_came();
  }

  void end(TryEnd::Why why) override { script_.end(why); }
  void forget() override { site_.say(site_.tongue().forget(site_.key, script_.name())); }

 private:
  void ended(const TryEnd& end) {
    auto record = ending(end).record;
    if (!script_.trouble().empty())
      record.message += "; its output could not be kept there: " + script_.trouble();
    if (record.status != Status::succeeded || site_.spot.step().outputs.empty())
      return site_.settle({record.status, record.message, {}});
    fetching_ = true;
    fetched_.clear();
    wanted_.reset();
    site_.say(site_.tongue().send_file(site_.key, script_.name(), "output"));
  }

  void look_whether_it_came() {
    if (!wanted_ || fetched_.size() < *wanted_) return;
    fetching_ = false;
    auto outputs = parse_outputs(fetched_, site_.spot.step().outputs, site_.run.mask);
    if (!outputs) return site_.settle({Status::failed, outputs.error().message, {}});
    site_.settle({Status::succeeded, "", *std::move(outputs)});
  }

  const Site& site_;
  TargetScript script_;
  bool fetching_ = false;  // what it hands on
  std::string fetched_;
  std::optional<std::size_t> wanted_;  // bytes of it
};

// Asked anew whenever its answer is needed and not known, like here.
class TargetCondition : public TargetDeed {
 public:
  explicit TargetCondition(const Site& site)
      : site_(site), script_(site, [this](const TryEnd& end) { ended(end); }) {}

  void begin(const std::string& name, int) override {
    script_.begin({.name = name, .script = site_.spot.step().condition, .asks = true});
  }
  void ask(const std::string& name, int) override { script_.ask(name); }

  void hear(const Answer& answer) override {
    // It is not known to have done anything that must not be done twice.
    const bool about_it = answer.size() > 1 && answer[1] == script_.name();
    if (about_it && answer.front() == "none") return site_.not_begun();
    if (about_it && answer.front() == "gone") {
      forget();
      return begin(script_.name(), 0);
    }
    script_.hear(answer);
  }

  void take(std::string_view bytes) override { script_.take(bytes); }
  void end(TryEnd::Why why) override { script_.end(why); }
  void forget() override { site_.say(site_.tongue().drop(site_.key, script_.name())); }

 private:
  void ended(const TryEnd& end) {
    forget();
    const auto record = ending(end).record;
    if (end.why == TryEnd::Why::asked) return site_.settle({record.status, record.message, {}});
    if (end.why != TryEnd::Why::itself || end.status >= 126)
      return site_.settle(
          {Status::failed,
           fmt::format("its condition `{}`: {}", site_.spot.step().condition, record.message),
           {}});
    if (end.status == 0) return site_.settle({});
    site_.settle(
        {Status::skipped, fmt::format("its condition ended with exit status {}", end.status), {}});
  }

  const Site& site_;
  TargetScript script_;
};

}  // namespace

void Site::say(const std::string& text) const {
  if (auto* shell = targets.ready(spot.target)) shell->say(text);
}

const Tongue& Site::tongue() const { return targets.tongue(spot.target); }

std::unique_ptr<TargetDeed> target_deed(const Site& site) {
  const auto& action = site.spot.step().action;
  if (std::holds_alternative<LinkAction>(action)) return target_link(site);
  if (std::holds_alternative<UploadAction>(action)) return target_upload(site);
  return std::make_unique<TargetRun>(site);
}

std::unique_ptr<TargetDeed> target_condition(const Site& site) {
  if (site.spot.step().condition.empty()) return nullptr;
  return std::make_unique<TargetCondition>(site);
}

}  // namespace davit
