// SPDX-License-Identifier: MIT
// The sentences of `git log`. People's words are made to fit on the line.
#include <fmt/format.h>

#include "core/events/event.hpp"
#include "core/events/fitted.hpp"

namespace davit {

namespace {

constexpr std::size_t kLongestQuote = 120;  // bytes

// One line, not too long.
std::string tame(std::string_view words) {
  std::string line;
  for (const char c : shortened(words, kLongestQuote)) {
    const bool control = (c >= 0 && c < ' ') || c == '\x7f';
    if (!control) line += c;
    if (control && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

std::string quoted(std::string_view words) {
  return words.empty() ? "" : fmt::format(": \"{}\"", tame(words));
}

std::string colon(std::string_view words) { return words.empty() ? "" : ": " + tame(words); }

std::string attempt(const DeploymentId& id) {
  return id.attempt > 1 ? fmt::format(" (attempt {})", id.attempt) : "";
}

std::string steps(int done, int total) {
  return total > 0 ? fmt::format(", {} of {} steps done", done, total) : "";
}

// ", limited to web1"
std::string narrowed(const Narrowing& narrowing) {
  return narrowing.empty() ? "" : ", " + tame(text(narrowing));
}

// ", limited to web1 (1 of 3 targets)"
std::string narrowed(const DeploymentStarted& started) {
  if (started.narrowing.empty()) return "";
  return fmt::format("{} ({} of {} targets)", narrowed(started.narrowing), started.targets,
                     started.of);
}

struct Teller {
  const std::string& definition;

  std::string name(ReleaseNumber number) const { return text({definition, number}); }
  // "storefront/18 → production"
  std::string way(const DeploymentId& id) const {
    return fmt::format("{} → {}{}", name(id.release), id.environment, attempt(id));
  }

  std::string operator()(const LedgerOpened& opened) const {
    return fmt::format("opened the ledger of {}", opened.definition);
  }
  std::string operator()(const ReleaseCreated& created) const {
    return fmt::format("created {}{} {} at {}{}", created.draft ? "draft " : "",
                       name(created.release), tame(created.name),
                       created.definition.commit.substr(0, 7),
                       created.subject.empty() ? "" : " \"" + tame(created.subject) + "\"");
  }
  std::string operator()(const ReleaseStarted& started) const {
    return fmt::format("started {}: no draft any more", name(started.release));
  }
  std::string operator()(const ReleaseAbandoned& abandoned) const {
    return fmt::format("abandoned {}{}", name(abandoned.release), quoted(abandoned.reason));
  }
  std::string operator()(const ReleaseMarked& marked) const {
    return fmt::format("marked {} {}{}", name(marked.release), marked.bad ? "bad" : "good again",
                       quoted(marked.reason));
  }
  std::string operator()(const DeploymentRequested& request) const {
    const char* verb = request.cause == Cause::redeploy   ? "redeploy"
                       : request.cause == Cause::rollback ? "roll back to"
                                                          : "deploy";
    const char* into = request.cause == Cause::rollback ? "in" : "to";
    const auto& id = request.deployment;
    return fmt::format("asked to {} {} {} {}{}{}{}", verb, name(id.release), into, id.environment,
                       attempt(id), narrowed(request.narrowing), quoted(request.reason));
  }
  std::string operator()(const Decision& decision) const {
    const auto& id = decision.deployment;
    return fmt::format("{} {} {}{}", name(id.release),
                       decision.moment == Moment::before ? "for" : "in", id.environment,
                       attempt(id) + quoted(decision.comment));
  }
  std::string operator()(const ApprovalGiven& approval) const {
    return "approved " + (*this)(static_cast<const Decision&>(approval));
  }
  std::string operator()(const ApprovalRejected& rejection) const {
    return "rejected " + (*this)(static_cast<const Decision&>(rejection));
  }
  std::string operator()(const DeploymentStarted& started) const {
    const char* what = started.cause == Cause::rollback ? "rollback to " : "";
    return fmt::format("started {}{}{}, lease {}, plan {}…", what, way(started.deployment),
                       narrowed(started), started.lease.fence, started.plan.abbreviated());
  }
  std::string operator()(const LeaseExtended& extended) const {
    return fmt::format("extended lease {} of {} until {}", extended.fence, way(extended.deployment),
                       text(extended.until));
  }
  std::string operator()(const DeploymentPaused& paused) const {
    const bool manual = paused.why == DeploymentPaused::Why::manual;
    const auto at = paused.step.empty() ? "" : " at step " + tame(paused.step);
    return fmt::format("{} {}{}{}{}", manual ? "paused" : "interrupted", way(paused.deployment), at,
                       steps(paused.done, paused.total), colon(paused.note));
  }
  std::string operator()(const DeploymentResumed& resumed) const {
    return fmt::format("resumed {}, lease {}{}", way(resumed.deployment), resumed.lease.fence,
                       quoted(resumed.comment));
  }
  std::string operator()(const CancelAsked& asked) const {
    return fmt::format("asked to cancel {}{}", way(asked.deployment), quoted(asked.reason));
  }
  std::string operator()(const DeploymentFinished& finished) const {
    const auto& id = finished.deployment;
    const auto took = rough(finished.took);
    const auto why = colon(finished.message);
    switch (finished.ended) {
      case Ended::succeeded:
        return fmt::format("deployed {} to {} in {}", name(id.release), id.environment, took);
      case Ended::partial:
        return fmt::format("deployed {} to part of {} in {}{}", name(id.release), id.environment,
                           took, why);
      case Ended::failed:
        return fmt::format("failed {} after {}{}", way(id), took, why);
      case Ended::canceled:
        return fmt::format("canceled {} after {}{}", way(id), took, why);
    }
    return way(id);
  }
  std::string operator()(const EnvironmentLocked& locked) const {
    const auto until = locked.until ? " until " + text(*locked.until) : "";
    return fmt::format("locked {}{}{}", locked.environment, until, quoted(locked.reason));
  }
  std::string operator()(const EnvironmentUnlocked& unlocked) const {
    return fmt::format("unlocked {}{}", unlocked.environment, quoted(unlocked.reason));
  }
  std::string operator()(const Unknown& unknown) const {
    if (unknown.why.empty())
      return fmt::format("recorded a fact of a later davit: {}", tame(unknown.type));
    return fmt::format("recorded what davit can't read: {}", tame(unknown.why));
  }
};

}  // namespace

std::string sentence(const std::string& definition, const Event& event) {
  return std::visit(Teller{definition}, event.fact);
}

}  // namespace davit
