// SPDX-License-Identifier: MIT
// A step as declared: one thing done in a deployment, and the phase that groups steps.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "definitions/instant.hpp"
#include "definitions/json.hpp"
#include "definitions/place.hpp"
#include "definitions/variable.hpp"

namespace davit {

// run = "./deploy.sh dev": a script for the step's shell.
struct RunAction {
  std::string script;
  bool operator==(const RunAction&) const = default;
};

// upload = "app", to = "/srv/…": puts an artifact where the step runs, atomically.
struct UploadAction {
  std::string artifact;
  std::string to;  // a path; {fields} allowed
  bool unpack = false;
  bool operator==(const UploadAction&) const = default;
};

// link = "/srv/current", to = "/srv/releases/{release}": switches a symlink atomically.
struct LinkAction {
  std::string link;  // {fields} allowed
  std::string to;    // {fields} allowed
  int keep = 5;      // of the siblings of `to`, the newest so many stay; 0 keeps all
  bool operator==(const LinkAction&) const = default;
};

// What an answer must be: the status, and values found by JSON pointer (RFC 6901).
struct Expectation {
  int status = 0;  // 0: any from 200 to 299
  std::vector<std::pair<std::string, Json>> json;
  bool operator==(const Expectation&) const = default;
};

// http = "http://…": asks, and compares the answer. {fields} allowed in url and body.
struct HttpAction {
  std::string url;
  std::string method = "GET";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  Expectation expect;
  bool operator==(const HttpAction&) const = default;
};

// wait = "30s"
struct WaitAction {
  Duration length{};
  bool operator==(const WaitAction&) const = default;
};

// manual = "Swap the cable, then resume": stops until a person goes on.
struct ManualAction {
  std::string instructions;
  bool operator==(const ManualAction&) const = default;
};

// task = "restart", with = { … }: a reusable step. Read; not yet supported.
struct TaskAction {
  std::string task;
  bool operator==(const TaskAction&) const = default;
};

using Action = std::variant<RunAction, UploadAction, LinkAction, HttpAction, WaitAction,
                            ManualAction, TaskAction>;

// "run", "upload", …: the key that makes the step what it is.
const char* kind(const Action&);

struct Step {
  enum class When { success, failure, always };
  enum class Shell { sh, bash, pwsh, powershell, cmd, python3 };

  std::string name;  // never empty: as written, or made from the action; unique in its environment
  Action action;
  When when = When::success;
  std::string condition;  // key `if`: a command whose exit status 0 lets the step run
  bool enabled = true;
  bool continue_on_error = false;
  int retries = 0;                  // tries after the first
  Duration every{1000};             // between tries
  std::optional<Duration> timeout;  // of one try
  Shell shell = Shell::sh;
  std::string directory;  // where a run step starts; empty: the release's commit, checked out.
                          // {fields} allowed
  Variables env;
  bool once = false;
  bool reversible = true;
  bool idempotent = false;           // may be run again when it is uncertain whether it ran
  std::vector<std::string> outputs;  // names it may write to $DAVIT_OUTPUT for later steps
  std::optional<std::string> on;     // "local": here, though the environment has targets
  Place place;

  bool operator==(const Step&) const = default;
};

const char* text(Step::When);
const char* text(Step::Shell);

// "1", "25%", "100%": so many targets, or so many of a hundred.
struct Share {
  int number = 0;
  bool percent = false;
  bool operator==(const Share&) const = default;
};

struct Rollout {
  enum class Unreachable { fail, skip, wait };
  std::vector<Share> batches;  // empty: all at once
  Duration pause{};
  std::optional<Share> max_failures;
  Unreachable unreachable = Unreachable::fail;
  Place place;
  bool operator==(const Rollout&) const = default;
};

const char* text(Rollout::Unreachable);

// targets = "web" | ["web", "db"] | { tags = { role = "web" } }
struct Selection {
  std::vector<std::string> names;
  std::map<std::string, std::string> tags;
  Place place;
  bool empty() const { return names.empty() && tags.empty(); }
  bool operator==(const Selection&) const = default;
};

struct Phase {
  std::string name;
  Selection targets;   // empty: the environment's
  bool local = false;  // on = "local"
  std::optional<Rollout> rollout;
  Step::When when = Step::When::success;
  std::vector<Step> steps;
  Place place;
  bool operator==(const Phase&) const = default;
};

}  // namespace davit
