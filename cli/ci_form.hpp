// SPDX-License-Identifier: MIT
// The form in which a CI system reads more than text out of what a program prints: groups that fold
// away, errors that are shown at their line. And the other side of it: what others said (steps,
// commit messages, addresses) must not be read as such a command.
//
//   GitHub Actions   ::error file=…::…   ::group::…   at the beginning of a line, or ##[…] anywhere
//   Azure Pipelines  ##vso[task.logissue …]…   ##[group]…   anywhere in a line
//   GitLab CI        section_start:…, with escapes; no annotations
//   TeamCity         ##teamcity[…]
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "definitions/instant.hpp"
#include "definitions/place.hpp"

namespace davit {

enum class CiForm { none, github, gitlab, azure, teamcity };

// From the variables that these systems set: GITHUB_ACTIONS, GITLAB_CI, TF_BUILD, TEAMCITY_VERSION.
CiForm ci_form(const std::function<std::optional<std::string>(const std::string&)>& environment);

// Something to be shown where it was written.
struct Issue {
  bool error = true;  // else a warning
  Place place;        // may be unknown
  std::string message;
};

// As a line; empty in a form that has no annotations.
std::string annotation(CiForm, const Issue&);

// What is printed between them belongs together. The id is the same for both, and unique in a log.
// Empty in no form.
struct LogGroup {
  std::string title, id;
};
std::string begins(CiForm, const LogGroup&, Instant now);
std::string ends(CiForm, const LogGroup&, Instant now);

// Between these lines nothing is read as a command. The token must be such that nobody guesses it.
// Empty where there is no such thing.
std::string commands_stop(CiForm, const std::string& token);
std::string commands_go_on(CiForm, const std::string& token);

// The text so that no part of it is read as a command: "##[error]" is "# #[error]".
std::string harmless(CiForm, std::string_view text);
// The same in JSON, where it means what it meant.
std::string harmless_json(CiForm, std::string_view json);

}  // namespace davit
