// SPDX-License-Identifier: MIT
#include "core/events/fitted.hpp"

#include <algorithm>
#include <array>

namespace davit {

namespace {

constexpr std::size_t kEnvelope = 4096;      // bytes at most beside the fact
constexpr std::size_t kMessage = 1000;       // of what it was about as a whole
constexpr std::array kTexts{1000, 200, 60};  // of a step: longest first

bool fits(const DeploymentFinished& finished) {
  return encode({.fact = finished}).size() + kEnvelope <= kLargestEvent;
}

void shorten_texts(std::vector<StepRecord>& steps, std::size_t most) {
  for (auto& step : steps)
    for (auto* text : {&step.phase, &step.step, &step.target, &step.message})
      *text = shortened(*text, most);
}

bool goes_without_saying(const StepRecord& step) {
  return step.status == StepRecord::Status::succeeded && step.reversible;
}

DeploymentFinished shortened_end(DeploymentFinished finished) {
  const auto all = static_cast<int>(finished.steps.size()) + finished.untold;
  const auto tell_less = [&](std::size_t steps) {
    finished.steps.resize(steps);
    finished.untold = all - static_cast<int>(steps);
  };
  finished.message = shortened(finished.message, kMessage);
  for (const int most : kTexts) {
    if (fits(finished)) return finished;
    shorten_texts(finished.steps, static_cast<std::size_t>(most));
  }
  if (fits(finished)) return finished;
  std::stable_partition(finished.steps.begin(), finished.steps.end(),
                        [](const StepRecord& step) { return !goes_without_saying(step); });
  while (!fits(finished)) tell_less(finished.steps.size() * 9 / 10);
  return finished;
}

}  // namespace

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most)) + "…";
}

Fact fitted(Fact fact) {
  if (auto* finished = std::get_if<DeploymentFinished>(&fact))
    return shortened_end(std::move(*finished));
  if (auto* paused = std::get_if<DeploymentPaused>(&fact)) {
    paused->step = shortened(paused->step, kMessage);
    paused->note = shortened(paused->note, kMessage);
  }
  return fact;
}

}  // namespace davit
