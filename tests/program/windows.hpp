// SPDX-License-Identifier: MIT
// A site whose hosts speak as Windows does: a real sshd, behind which windows_shell.py stands in
// for PowerShell. What that proves, and what it does not, stands there.
#pragma once

#include <string>

#include "tests/program/site.hpp"

namespace program {

// The hosts' home is C:\Users\deploy to them. Scripts of their steps are given to sh.
struct Windows : Site {
  // `shell`: of the target, "powershell", "pwsh" or "cmd".
  Windows(int hosts, const std::string& definition, const std::string& shell = "powershell");
  // Fails the test where a host was sent what Windows would have misread.
  ~Windows();
  Windows(const Windows&) = delete;
  Windows& operator=(const Windows&) = delete;

  // A path in what davit keeps on a host for this repository's ledger, from the host's home.
  std::string kept(const std::string& file);

  int hosts;
};

}  // namespace program
