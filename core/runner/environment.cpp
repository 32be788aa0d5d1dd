// SPDX-License-Identifier: MIT
#include "core/runner/environment.hpp"

#include <unistd.h>

#include <array>
#include <string_view>

#include "core/plan/values.hpp"
#include "core/runner/errand.hpp"
#include "core/secrets/secrets.hpp"

namespace davit {

namespace {

using Values = std::map<std::string, std::string>;

// What `git rev-parse --local-env-vars` names: in a hook they would lead a step's git astray.
constexpr std::array<std::string_view, 15> kGitsOwn = {"GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                                       "GIT_CONFIG",
                                                       "GIT_CONFIG_PARAMETERS",
                                                       "GIT_CONFIG_COUNT",
                                                       "GIT_OBJECT_DIRECTORY",
                                                       "GIT_DIR",
                                                       "GIT_WORK_TREE",
                                                       "GIT_IMPLICIT_WORK_TREE",
                                                       "GIT_GRAFT_FILE",
                                                       "GIT_INDEX_FILE",
                                                       "GIT_NO_REPLACE_OBJECTS",
                                                       "GIT_PREFIX",
                                                       "GIT_SHALLOW_FILE",
                                                       "GIT_QUARANTINE_PATH",
                                                       "GIT_COMMON_DIR"};

// Ours, passed on.
Values inherited() {
  Values out;
  for (char** variable = environ; variable && *variable; ++variable) {
    const std::string_view text(*variable);
    const auto equals = text.find('=');
    if (equals == text.npos || equals == 0) continue;
    out[std::string(text.substr(0, equals))] = text.substr(equals + 1);
  }
  for (const auto name : kGitsOwn) out.erase(std::string(name));
  return out;
}

Result<std::string> ask(Run& run, const PlannedValue& value) {
  Result<std::string> secret = Error{};
  // A command may take its time, and the lease must live meanwhile.
  errand(run, {}, [&](const GiveUp& give_up) {
    secret = resolve(*value.secret, run.request.repository, give_up);
  });
  if (!secret) {
    auto error = secret.error();
    error.message = "variable " + value.name + ": " + error.message;
    return error;
  }
  DAVIT_CHECK(run.mask.add(value.name, *secret));
  return secret;
}

}  // namespace

Result<Values> target_environment(Run& run, const PlannedStep& planned) {
  Values out;
  out["DAVIT_STEP"] = planned.step.name;
  for (const auto& value : planned.values) {
    if (!value.secret) {
      out[value.name] = value.value;
      continue;
    }
    DAVIT_TRY(out[value.name], ask(run, value));
  }
  for (const auto& [name, value] : run.outputs) out[name] = value;
  return out;
}

Result<Values> step_environment(Run& run, const Spot& spot) {
  auto out = inherited();
  out["DAVIT_REPOSITORY"] = run.request.repository;
  for (const auto& [name, path] : run.request.artifact_paths)
    out["DAVIT_ARTIFACT_" + variable_form(name)] = path;
  DAVIT_TRY(auto own, target_environment(run, spot.planned));
  for (auto& [name, value] : own) out[name] = std::move(value);
  return out;
}

std::vector<std::string> lines(const Values& values) {
  std::vector<std::string> out;
  out.reserve(values.size());
  for (const auto& [name, value] : values) out.push_back(name + "=" + value);
  return out;
}

}  // namespace davit
