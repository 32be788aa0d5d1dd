// SPDX-License-Identifier: MIT
// Narrowing: what a person says of which hosts are meant, `--limit` and `--exclude`.
//
// A word is a host's name, a pattern of names, a target, or TAG=VALUE. Recorded as it was said, so
// that who goes on with a deployment means the same hosts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace davit {

struct Narrowing {
  std::vector<std::string> limit;    // only these; empty: all
  std::vector<std::string> exclude;  // but not these
  bool empty() const { return limit.empty() && exclude.empty(); }
  bool operator==(const Narrowing&) const = default;
};

// "limited to web1, role=db without web2", in people's own words.
std::string text(const Narrowing&);
// "limited to web1 (1 of 3 targets)"; empty where nothing is narrowed.
std::string text(const Narrowing&, std::size_t targets, std::size_t of);

}  // namespace davit
