// SPDX-License-Identifier: MIT
// Finding the artifacts of a release: from what a definition declares to pinned files in the store.
//
//   git      a path at the release's commit: a blob's bytes, or a tree as an uncompressed tar made
//            by `git archive` (same tree, same bytes)
//   file     a glob, relative to the repository's top; exactly one file must match
//   url      fetched over HTTP(S) or file://; compared with sha256 where one is given
//   command  a shell command run at the repository's top; its last line of output is a file's path
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/artifacts/store.hpp"
#include "core/events/event.hpp"
#include "core/git/repository.hpp"
#include "definitions/definition.hpp"

namespace davit {

struct ArtifactRequest {
  const Definition& definition;
  std::string commit;
  std::string directory;  // the repository's top; relative globs and commands start here
  // --artifact NAME=WHAT: an address, or a file's path (from where davit was started), in place of
  // what the definition declares. A sha256 that the definition demands still holds.
  std::vector<std::pair<std::string, std::string>> given;
};

// All of them in the definition's order, or every reason why not in one error.
// `progress(name, done, total)` in bytes; total 0 where unknown.
using ArtifactProgress =
    std::function<void(const std::string& name, std::int64_t done, std::int64_t total)>;
Result<std::vector<ArtifactPin>> resolve_artifacts(Repository&, Store&, const ArtifactRequest&,
                                                   const ArtifactProgress&);

}  // namespace davit
