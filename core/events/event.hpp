// SPDX-License-Identifier: MIT
// Events: facts in the past tense. What happened to the releases of one definition, and who did it.
//
// An event is written once, as one line of JSON, and those bytes are what is stored, hashed and
// (later) signed; they are never made again from the value. An event of a type this davit does not
// know is kept byte for byte as Unknown, and so is one that it can't read.
//
// No fact holds a secret. Limits: an event is at most 64 KiB of JSON, 64 levels deep.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/events/ids.hpp"
#include "core/fleet/narrowing.hpp"
#include "definitions/instant.hpp"
#include "definitions/json.hpp"
#include "definitions/result.hpp"

namespace davit {

inline constexpr std::size_t kLargestEvent = 64 * 1024;

// The first fact of every ledger. Its digest is the ledger's id.
struct LedgerOpened {
  std::string definition;
  bool operator==(const LedgerOpened&) const = default;
};

// The definition as it was when a release was cut.
struct DefinitionPin {
  std::string path;    // in the repository
  std::string blob;    // git's id of the file; empty when it was not committed (--dirty)
  std::string commit;  // the commit the release was cut at
  std::string branch;  // short name; empty when HEAD was detached
  Digest digest;       // of the file's bytes
  bool operator==(const DefinitionPin&) const = default;
};

// One artifact, pinned.
struct ArtifactPin {
  std::string name;
  std::string kind;       // as the definition's key: git, file, url, command
  std::string source;     // what was taken: a path, an address
  std::string version;    // for people: from the file's name, or an abbreviated git id
  Digest digest;          // of the bytes; of the tar archive for a git path that is a directory
  std::string git;        // git: the id of the blob or tree; otherwise empty
  std::int64_t size = 0;  // bytes
  int files = 1;
  bool operator==(const ArtifactPin&) const = default;
};

struct ReleaseCreated {
  ReleaseNumber release;
  std::string name;  // made from release_name
  bool draft = false;
  DefinitionPin definition;
  bool untrusted = false;  // uncommitted, or a commit that is not on the trusted branch
  std::vector<ArtifactPin> artifacts;
  std::vector<std::pair<std::string, std::string>> values;  // set when it was cut
  std::string note;
  std::string subject;  // first line of the commit's message
  bool operator==(const ReleaseCreated&) const = default;
};

struct ReleaseStarted {  // a draft became active
  ReleaseNumber release;
  bool operator==(const ReleaseStarted&) const = default;
};

struct ReleaseAbandoned {
  ReleaseNumber release;
  std::string reason;
  bool operator==(const ReleaseAbandoned&) const = default;
};

struct ReleaseMarked {
  ReleaseNumber release;
  bool bad = true;  // false: the mark was taken back
  std::string reason;
  bool operator==(const ReleaseMarked&) const = default;
};

// Why a deployment was attempted.
enum class Cause { automatic, manual, redeploy, rollback };

// Somebody wants this deployment. Without it only automatic deployments start.
struct DeploymentRequested {
  DeploymentId deployment;
  Cause cause = Cause::manual;
  bool skip_needs = false;  // out of order, by hand
  Narrowing narrowing;
  std::string reason;
  bool operator==(const DeploymentRequested&) const = default;
};

enum class Moment { before, after };

// A person's yes or no to one deployment, bound to exactly what was shown.
struct Decision {
  DeploymentId deployment;
  Moment moment = Moment::before;
  bool approves = true;  // what the type of the fact says
  Digest plan;           // of the plan the person saw; a yes must have it
  std::string comment;
  std::string seen;  // the ledger's head the person saw
  bool operator==(const Decision&) const = default;
};
struct ApprovalGiven : Decision {
  bool operator==(const ApprovalGiven&) const = default;
};
struct ApprovalRejected : Decision {
  bool operator==(const ApprovalRejected&) const = default;
};

// The process that executes. Enough to tell on its own machine whether it still lives.
struct Runner {
  std::string host;
  int pid = 0;
  std::string boot;          // the machine's boot id
  std::int64_t started = 0;  // the process' start time, in clock ticks since boot
  bool operator==(const Runner&) const = default;
};

// A runner's right to a deployment: ends by itself; each new one has a higher fencing number.
struct Lease {
  int fence = 0;
  Instant until{};
  Runner runner;
  bool operator==(const Lease&) const = default;
};

struct DeploymentStarted {
  DeploymentId deployment;
  Cause cause = Cause::automatic;
  Digest plan;
  Lease lease;
  std::optional<ReleaseNumber> from;  // what was live there
  int steps = 0;
  bool skip_needs = false;
  Narrowing narrowing;
  int targets = 0, of = 0;  // narrowed: to so many of the environment's targets
  std::optional<std::vector<std::string>> only;  // these targets, and no other; else all
  bool operator==(const DeploymentStarted&) const = default;
};

struct LeaseExtended {
  DeploymentId deployment;
  int fence = 0;
  Instant until{};
  bool operator==(const LeaseExtended&) const = default;
};

// The runner stopped before the end and let go: at a manual step, or interrupted.
struct DeploymentPaused {
  enum class Why { manual, interrupted };
  DeploymentId deployment;
  int fence = 0;
  Why why = Why::interrupted;
  std::string step;  // manual: its name; interrupted: where it stood
  std::string note;  // manual: the instructions; interrupted: what happened
  int done = 0;      // steps
  int total = 0;
  bool operator==(const DeploymentPaused&) const = default;
};

struct DeploymentResumed {
  DeploymentId deployment;
  Lease lease;
  std::string comment;
  bool operator==(const DeploymentResumed&) const = default;
};

struct CancelAsked {
  DeploymentId deployment;
  std::string reason;
  bool operator==(const CancelAsked&) const = default;
};

enum class Ended { succeeded, partial, failed, canceled };

// What became of one step on one target.
struct StepRecord {
  enum class Status { succeeded, failed, skipped, canceled, not_started, uncertain };
  std::string phase;
  std::string step;
  std::string target;  // "local" here
  Status status = Status::succeeded;
  int tries = 1;
  Duration took{};
  bool reversible = true;
  std::string message;  // why it failed or was skipped
  bool operator==(const StepRecord&) const = default;
};

struct DeploymentFinished {
  DeploymentId deployment;
  int fence = 0;
  Ended ended = Ended::succeeded;
  Duration took{};
  std::vector<StepRecord> steps;
  std::string message;  // the first failure, in a line
  Digest log;           // of the whole log
  int untold = 0;       // steps more, for which an event has no room
  bool operator==(const DeploymentFinished&) const = default;
};

struct EnvironmentLocked {
  std::string environment;
  std::string reason;
  std::optional<Instant> until;
  bool operator==(const EnvironmentLocked&) const = default;
};

struct EnvironmentUnlocked {
  std::string environment;
  std::string reason;
  bool operator==(const EnvironmentUnlocked&) const = default;
};

// A fact that this davit can make nothing of: a later davit's, or one in which something is wrong.
// Its bytes are kept; it changes nothing here.
struct Unknown {
  std::string type;
  std::string why;  // what is wrong; empty: its type or version is not known
  bool operator==(const Unknown&) const = default;
};

using Fact =
    std::variant<LedgerOpened, ReleaseCreated, ReleaseStarted, ReleaseAbandoned, ReleaseMarked,
                 DeploymentRequested, ApprovalGiven, ApprovalRejected, DeploymentStarted,
                 LeaseExtended, DeploymentPaused, DeploymentResumed, CancelAsked,
                 DeploymentFinished, EnvironmentLocked, EnvironmentUnlocked, Unknown>;

struct Event {
  EventId id;
  std::string ledger;  // the ledger's id; empty in the first event
  Instant at{};
  std::string by;     // the person's e-mail address
  std::string rules;  // the commit the rules were read from; empty where none were asked
  Fact fact;
  bool operator==(const Event&) const = default;
};

// "release-created", "approval-given", …: the name in the stored JSON.
const char* type(const Fact&);

// One line of JSON, without a newline at its end.
std::string encode(const Event&);

// Reads what encode wrote, and what a later davit wrote: members it does not know are passed over;
// a type, a version or a word it does not know and a fact without what it must have are Unknown.
// Fails on anything that is no event: no JSON, too large, too deep, no id.
Result<Event> decode(std::string_view line);

// What stands in a ledger, whatever it is: as decode(), and a line that is no event is Unknown, by
// nobody, with an id made of its bytes.
Event kept(std::string_view line);

// The id of the ledger that this event opens: the SHA-256 of its bytes, in hexadecimal. Every later
// event of the ledger carries it. The form of a ledger-opened event never changes.
std::string ledger_id(const Event& opening);

// "approved storefront/18 for production: \"checked with support\"": a sentence for the log, one
// line whatever the fact holds. Who and when stand beside it. Made from the fact, never read back.
std::string sentence(const std::string& definition, const Event&);

// The words of the enumerations, as they stand in JSON.
const char* text(Cause);
const char* text(Moment);
const char* text(Ended);
const char* text(StepRecord::Status);
const char* text(DeploymentPaused::Why);

// Values of the records that both events and the stored state hold.
Json to_json(const ArtifactPin&);
Json to_json(const DefinitionPin&);
Json to_json(const Lease&);
Json to_json(const Narrowing&);
Json to_json(const StepRecord&);
Result<ArtifactPin> artifact_pin(const Json&);
Result<DefinitionPin> definition_pin(const Json&);
Result<Lease> lease(const Json&);
Result<StepRecord> step_record(const Json&);

}  // namespace davit
