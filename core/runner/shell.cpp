// SPDX-License-Identifier: MIT
#include "core/runner/shell.hpp"

namespace davit {

const char* script_suffix(Step::Shell shell) {
  switch (shell) {
    case Step::Shell::pwsh:
    case Step::Shell::powershell:
      return ".ps1";
    case Step::Shell::cmd:
      return ".cmd";
    case Step::Shell::python3:
      return ".py";
    default:
      return ".sh";
  }
}

std::vector<std::string> shell_command(Step::Shell shell, const std::string& file) {
  switch (shell) {
    case Step::Shell::sh:
      return {"sh", "-e", file};
    case Step::Shell::bash:
      return {"bash", "-eo", "pipefail", file};
    case Step::Shell::pwsh:
      return {"pwsh", "-NoProfile", "-NonInteractive", "-File", file};
    case Step::Shell::powershell:
      return {"powershell", "-NoProfile", "-NonInteractive", "-File", file};
    case Step::Shell::cmd:
      return {"cmd", "/D", "/C", file};
    case Step::Shell::python3:
      return {"python3", "-u", file};
  }
  return {};
}

}  // namespace davit
