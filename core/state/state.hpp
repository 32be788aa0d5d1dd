// SPDX-License-Identifier: MIT
// The state: what is true now, by what happened. The fold of all events of one definition.
//
// apply() is total: an event that cannot hold (stale, doubled, out of turn, of an unknown type)
// changes nothing and says why; it never fails and never stops a ledger. It knows no clock and no
// definition: whether something *may* happen is the policy's business.
//
// The law: folding all events from the first gives exactly the state stored beside the last. So
// whatever apply() looks at is stored, and all of it is bounded.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/events/event.hpp"

namespace davit {

// Somebody did something at some time.
struct Deed {
  std::string by;
  Instant at{};
  bool operator==(const Deed&) const = default;
};

struct GivenDecision {
  Deed deed;
  Moment moment = Moment::before;
  bool approves = true;
  Digest plan;
  std::string comment;
  bool operator==(const GivenDecision&) const = default;
};

// One attempt to bring the release into an environment.
//
//   open ──> running ──> finished ──> rejected    open: asked for or being approved, not started
//    │        │  ^                                paused: at a manual step, or interrupted
//    │        v  │                                finished: `ended` says how
//    │       paused ──> canceled
//    └─> rejected | canceled
//
// Of a release's attempts in an environment only the last may be open, running or paused.
struct Attempt {
  enum class Stage { open, running, paused, finished, rejected, canceled };
  int number = 1;
  Stage stage = Stage::open;
  Cause cause = Cause::automatic;
  bool skip_needs = false;
  Narrowing narrowing;  // as it was asked for or started; what it leaves out is not touched
  int targets = 0, of = 0;
  std::string reason;
  std::optional<Deed> requested;
  std::vector<GivenDecision> decisions;
  std::optional<Deed> started;
  Digest plan;
  Lease lease;                                   // while running or paused
  std::optional<ReleaseNumber> from;             // what was live before
  std::optional<std::vector<std::string>> only;  // these targets, and no other; else all
  std::optional<DeploymentPaused> paused;        // while paused
  std::optional<Deed> cancel_asked;
  std::optional<Deed> finished;  // also when rejected or canceled
  std::optional<Ended> ended;    // of an attempt that had started
  Duration took{};
  std::vector<StepRecord> steps;
  int untold = 0;       // steps more, for which the event had no room
  std::string message;  // the first failure; canceled: the reason
  Digest log;
  bool closed() const {
    return stage == Stage::finished || stage == Stage::rejected || stage == Stage::canceled;
  }
  bool went_well() const {
    return stage == Stage::finished && (ended == Ended::succeeded || ended == Ended::partial);
  }
  const char* outcome() const;  // how it ended, or the stage where that says more
  bool operator==(const Attempt&) const = default;
};

const char* text(Attempt::Stage);

struct Release {
  static constexpr std::size_t kAttempts = 32;
  enum class Status { draft, active, abandoned };
  ReleaseNumber number;
  std::string name;
  Status status = Status::active;
  std::string abandoned_because;
  std::optional<std::string> bad;  // the reason
  Deed created;
  std::string note;
  std::string subject;
  DefinitionPin definition;
  bool untrusted = false;
  std::vector<ArtifactPin> artifacts;
  std::vector<std::pair<std::string, std::string>> values;
  std::map<std::string, std::vector<Attempt>> attempts;  // by environment: newest kAttempts

  // The newest attempt there; null where there was none.
  const Attempt* attempt(const std::string& environment) const;
  // The number that the next decision or request there is about: the open attempt's, or the one
  // behind the last.
  int next_attempt(const std::string& environment) const;
  const ArtifactPin* artifact(const std::string& name) const;
  bool operator==(const Release&) const = default;
};

const char* text(Release::Status);

// A deployment that ended well (or partially), newest first in the lists below.
struct Stay {
  ReleaseNumber release;
  int attempt = 1;
  Instant since{};
  bool partial = false;
  bool operator==(const Stay&) const = default;
};

struct Lock {
  Deed deed;
  std::string reason;
  std::optional<Instant> until;
  bool operator==(const Lock&) const = default;
};

// What is known of one environment. Bounded, so that reading the present costs the same after ten
// events as after a million.
struct EnvironmentState {
  static constexpr std::size_t kStays = 64;
  static constexpr std::size_t kRequested = 64;
  std::string name;
  int fence = 0;            // the highest fencing number given
  ReleaseNumber highest;    // the highest release ever started here
  std::vector<Stay> stays;  // the newest kStays deployments that ended well; the first is live
  std::optional<DeploymentId> current;  // running or paused: it holds the environment
  std::optional<DeploymentId> last;     // the newest attempt that ended after it started
  std::optional<Ended> last_ended;
  Instant last_at{};
  // Open attempts that somebody asked for, oldest first. A request behind kRequested others changes
  // nothing.
  std::vector<DeploymentId> requested;
  std::optional<Lock> lock;

  const Stay* live() const { return stays.empty() ? nullptr : &stays.front(); }
  bool operator==(const EnvironmentState&) const = default;
};

struct State {
  static constexpr std::size_t kOpen = 64;
  static constexpr std::size_t kRecentEvents = 64;
  std::string definition;
  std::string ledger;         // the ledger's id; empty before the first event
  std::int64_t sequence = 0;  // events folded
  ReleaseNumber last_release;
  std::vector<ReleaseNumber> open;  // the newest kOpen active releases not marked bad, newest first
  std::vector<std::string> recent_names;  // of the newest kOpen releases, newest first: for {rev}
  // The ids of the newest kRecentEvents events, newest first: one that comes again changes nothing.
  // Older ones can do no harm but to locks and marks; the rest is guarded by numbers that only
  // rise.
  std::vector<EventId> recent_events;
  std::map<std::string, EnvironmentState> environments;
  std::map<ReleaseNumber, Release> releases;  // in a present-only state: those asked for

  const Release* release(ReleaseNumber) const;                         // null where it is not known
  const EnvironmentState& environment(const std::string& name) const;  // an empty one if unknown
  bool operator==(const State&) const = default;
};

// What an event did.
struct Applied {
  bool effective = true;
  std::string reason;  // why it changed nothing
};

// Folds one event; `sequence` counts it, effective or not. `state.releases` must hold every release
// the event is about. An event made for another ledger changes nothing.
Applied apply(State&, const Event&);

// The releases an event is about, which a present-only state must hold before apply.
std::vector<ReleaseNumber> releases_of(const Fact&);

// The stored form, one line of JSON: for the present (no releases), and for a release. The same
// value gives the same bytes. Reading takes whatever apply() could have made, and fails on what it
// could not even look at.
std::string encode(const State&);
std::string encode(const Release&);
Json to_json(const Release&);
Result<State> state(const Json&);
Result<Release> release(const Json&);
// Whether a state or a release was stored in another version of this form.
bool is_of_another_version(const Json&);

}  // namespace davit
