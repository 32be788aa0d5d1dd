// SPDX-License-Identifier: MIT
#include "core/runner/deeds.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "core/artifacts/unpack.hpp"
#include "core/process/descriptor.hpp"
#include "core/runner/errand.hpp"
#include "core/runner/http_step.hpp"
#include "core/runner/link.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

Tried upload(Run& run, const Spot& spot, const UploadAction& action) {
  const auto found = run.request.artifact_paths.find(action.artifact);
  if (found == run.request.artifact_paths.end())
    return failed_by(Error{fmt::format("the release has no artifact {}", action.artifact)});
  const auto to = placed(run, action.to);
  Outcome outcome = Done{};
  const auto cut = errand(run, spot.step().timeout, [&](const GiveUp& give_up) {
    outcome = action.unpack ? unpack(found->second, to, give_up)
                            : place_file(found->second, to, 0644, give_up);
  });
  if (outcome) return Tried{};
  return cut == GaveUp::no ? failed_by(outcome.error()) : given_up(run, cut, spot.step().timeout);
}

Tried link(Run& run, const Spot& spot, const LinkAction& action) {
  const Switch wanted{placed(run, action.link), placed(run, action.to), action.keep};
  Result<Switched> switched = Error{};
  run.loop.meanwhile([&] { switched = switch_link(wanted); });
  if (!switched) return failed_by(switched.error());
  for (const auto& text : words(wanted, *switched)) note(run, spot, text);
  return Tried{};
}

Tried wait(Run& run, const WaitAction& action) {
  const int endings = run.halt.endings;
  const auto halted = [&] { return run.halt.stopping() || run.halt.endings > endings; };
  if (!run.loop.until(halted, action.length)) return Tried{};
  return given_up(run, GaveUp::asked, {});
}

Tried deed(Run& run, const Spot& spot) {
  const auto& action = spot.step().action;
  if (const auto* doing = std::get_if<UploadAction>(&action)) return upload(run, spot, *doing);
  if (const auto* doing = std::get_if<LinkAction>(&action)) return link(run, spot, *doing);
  if (const auto* doing = std::get_if<WaitAction>(&action)) return wait(run, *doing);
  if (const auto* doing = std::get_if<HttpAction>(&action)) return ask_http(run, spot, *doing);
  return failed_by(Error{fmt::format("davit can't do {} steps yet", kind(action))});
}

}  // namespace

bool repeatable(const Action& action) {
  if (const auto* http = std::get_if<HttpAction>(&action))
    return http->method == "GET" || http->method == "HEAD" || http->method == "PUT" ||
           http->method == "DELETE" || http->method == "OPTIONS";
  return !std::holds_alternative<RunAction>(action);
}

Result<Tried> do_deed(Run& run, const Spot& spot, int attempt) {
  if (repeatable(spot.step().action)) return deed(run, spot);
  DAVIT_TRY(const int file,
            make_try_file(Journal::try_path(run.request.folder, spot.planned.index, attempt)));
  const Descriptor try_file(file);
  const auto began = run.clock.now();
  write_start(file, {::getpid(), 0, began});
  auto tried = deed(run, spot);
  tried.open = false;  // it may have been done, so that it can't just be begun again
  const bool cut = tried.status == Status::canceled;
  write_end(file, {cut ? TryEnd::Why::asked : TryEnd::Why::itself,
                   tried.status == Status::succeeded ? 0 : 1, run.clock.now() - began});
  return tried;
}

}  // namespace davit
