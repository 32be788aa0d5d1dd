// SPDX-License-Identifier: MIT
// The store: artifacts of this clone by their digest, <common>/davit/artifacts/<2>/<62>.
//
// A file comes in whole or not at all (written aside, synced, renamed), is read-only, and is
// verified whenever it is handed out. Several processes may add the same file at once; adding one
// that is here already puts a damaged one right. What an interrupted add left behind is removed by
// the next. Memory is constant, whatever the size. Nothing here knows which release needs what; gc
// is told what to keep.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/events/ids.hpp"
#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Stored {
  Digest digest;
  std::int64_t size = 0;  // bytes
  Instant since{};        // when it was last added
};

class Store {
 public:
  explicit Store(std::string private_directory);

  // Copies a file in, hashing while it copies. Follows no symlink; a file that changes meanwhile is
  // an error. `progress` is told the bytes done, and of how many.
  using Meter = std::function<void(std::int64_t done, std::int64_t total)>;
  Result<Stored> add_file(const std::string& path, const Meter& progress = {});
  // Puts in what `write` produces piece by piece (sink(bytes) fails on a full disk).
  using Sink = std::function<Outcome(std::string_view)>;
  Result<Stored> add(const std::function<Outcome(const Sink&)>& write);

  bool has(const Digest&) const;
  // Where a file of this digest lies or would lie, unlooked at.
  std::string place(const Digest&) const;
  // The path of the file, after its digest was compared; an error names what is wrong.
  Result<std::string> path(const Digest&) const;

  // What lies here, in the order of the digests.
  std::vector<Stored> all() const;
  // Removes one, unless it was added again after `before`; says whether it did. Whatever an
  // interrupted add left behind goes, too.
  Result<bool> remove(const Digest&, Instant before);

 private:
  std::string directory_;
};

}  // namespace davit
