// SPDX-License-Identifier: MIT
#include "core/runner/target_act.hpp"

#include "core/runner/errand.hpp"

namespace davit {

void TargetAct::begin(const std::string& name, int) {
  name_ = name;
  act();
}

void TargetAct::hear(const Answer& answer) {
  if (answer.size() < 2 || answer[1] != name_) return;
  if (auto refused = refusal(answer)) return site_.settle(*std::move(refused));
  heard(answer);
}

// What it was about to answer would be taken for the next one's.
void TargetAct::end(TryEnd::Why why) {
  site_.targets.drop(site_.spot.target);
  const auto late = why == TryEnd::Why::timeout;
  site_.settle(given_up(site_.run, late ? GaveUp::late : GaveUp::asked, site_.spot.step().timeout));
}

}  // namespace davit
