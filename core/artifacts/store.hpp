// SPDX-License-Identifier: MIT
// The store: artifacts of this clone by their digest, <common>/davit/artifacts/<2>/<62>.
//
// A file comes in whole or not at all (written aside, synced, renamed), is read-only, and is
// verified whenever it is handed out. Two processes may add the same file at once. Nothing here
// knows which release needs what; gc is told what to keep.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/events/ids.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Stored {
  Digest digest;
  std::int64_t size = 0;  // bytes
};

class Store {
 public:
  explicit Store(std::string private_directory);

  // Copies a file in, hashing while it copies (constant memory). Follows no symlink.
  Result<Stored> add_file(const std::string& path);
  // Puts in what `write` produces piece by piece (sink(bytes) fails on a full disk).
  using Sink = std::function<Outcome(std::string_view)>;
  Result<Stored> add(const std::function<Outcome(const Sink&)>& write);

  bool has(const Digest&) const;
  // The path of the file, after its digest was compared; an error names what is wrong.
  Result<std::string> path(const Digest&) const;

  // What lies here: digest and size.
  std::vector<Stored> all() const;
  // Removes one; and whatever an interrupted add left behind.
  Outcome remove(const Digest&);

 private:
  std::string directory_;
};

}  // namespace davit
