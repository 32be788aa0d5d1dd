// SPDX-License-Identifier: MIT
#include "core/runner/receipts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ssh/remote_names.hpp"

namespace davit {

namespace {

constexpr Duration kLongest = std::chrono::seconds(10);

RemoteReceipt receipt_for(const Run& run, const std::string& target) {
  const auto& plan = run.request.plan;
  const auto& id = run.request.deployment;
  const auto& definition = plan.release.definition;
  return {remote_place(definition, id.environment), target, remote_key(definition, id),
          run.request.fence, digest(plan).hex};
}

}  // namespace

Targets::Greeting greeting_of(const Run& run) {
  auto receipt = receipt_for(run, "");
  return [&run, receipt](const Host& target, const Tongue& tongue) mutable {
    receipt.target = target.name;
    return tongue.remembering(receipt, run.clock.now());
  };
}

Receipts::~Receipts() {
  for (const auto& target : told_) targets_.leave(target);
}

void Receipts::done(const std::string& target) {
  told_.push_back(target);
  waiting_.push_back(target);
  const auto tell = [this, target] {
    if (auto* shell = targets_.ready(target))
      shell->say(targets_.tongue(target).done_there(receipt_for(run_, target), run_.clock.now()));
  };
  const bool was_ready = targets_.ready(target) != nullptr;
  const auto reached =
      targets_.reach(target, {tell, [](std::string_view) {},
                              [this, target](const Answer& answer) {
                                if (answer.size() < 2 || answer[1] != target) return;
                                const bool noted = answer.front() == "noted";
                                over(target, noted ? "" : "it did not take its receipt");
                              },
                              [this, target](const Error& error) { over(target, error.message); }});
  if (!reached) return over(target, reached.error().message);
  if (was_ready) tell();
}

void Receipts::over(const std::string& target, const std::string& trouble) {
  if (std::erase(waiting_, target) > 0 && !trouble.empty())
    run_.teller.note(fmt::format("{} may not know that it is done: {}", target, trouble));
}

void Receipts::wait() {
  const auto answered = [this] { return waiting_.empty() || run_.halt.endings > 0; };
  if (run_.loop.until(answered, kLongest)) return;
  for (const auto& target : std::vector(waiting_)) over(target, "no answer");
}

}  // namespace davit
