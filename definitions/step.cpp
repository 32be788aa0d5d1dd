// SPDX-License-Identifier: MIT
#include "definitions/step.hpp"

namespace davit {

const char* kind(const Action& action) {
  struct Word {
    const char* operator()(const RunAction&) const { return "run"; }
    const char* operator()(const UploadAction&) const { return "upload"; }
    const char* operator()(const LinkAction&) const { return "link"; }
    const char* operator()(const HttpAction&) const { return "http"; }
    const char* operator()(const WaitAction&) const { return "wait"; }
    const char* operator()(const ManualAction&) const { return "manual"; }
    const char* operator()(const TaskAction&) const { return "task"; }
  };
  return std::visit(Word{}, action);
}

const char* text(Step::When when) {
  switch (when) {
    case Step::When::success:
      return "success";
    case Step::When::failure:
      return "failure";
    case Step::When::always:
      break;
  }
  return "always";
}

const char* text(Step::Shell shell) {
  switch (shell) {
    case Step::Shell::sh:
      return "sh";
    case Step::Shell::bash:
      return "bash";
    case Step::Shell::pwsh:
      return "pwsh";
    case Step::Shell::powershell:
      return "powershell";
    case Step::Shell::cmd:
      return "cmd";
    case Step::Shell::python3:
      break;
  }
  return "python3";
}

const char* text(Rollout::Unreachable what) {
  switch (what) {
    case Rollout::Unreachable::fail:
      return "fail";
    case Rollout::Unreachable::skip:
      return "skip";
    case Rollout::Unreachable::wait:
      break;
  }
  return "wait";
}

}  // namespace davit
