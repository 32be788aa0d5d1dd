// SPDX-License-Identifier: MIT
// The keys by which hosts prove who they are.
#pragma once

#include <string>
#include <vector>

#include "core/ssh/openssh.hpp"
#include "definitions/result.hpp"

namespace davit {

struct HostKey {
  std::string line;         // as known_hosts has it: "web1 ssh-ed25519 AAAA…"
  std::string fingerprint;  // "SHA256:… (ED25519)"
};

// Those that the host offers now, asked for without proving anything: whoever takes them compares
// the fingerprints with what the host's owner says. An error where it doesn't answer.
Result<std::vector<HostKey>> offered_keys(const Reach&, const Host&);

}  // namespace davit
