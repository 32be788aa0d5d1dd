// SPDX-License-Identifier: MIT
// Cutting a release: pinning the definition, the artifacts and the values as they are now.
//
// The definition is the committed one at HEAD. With uncommitted changes under .davit/ cutting is
// refused, or with `dirty` the file on disk is taken and the release is untrusted, as is one whose
// commit is not on the trusted branch. Artifacts are in the store before the event is written, so a
// release that exists can be deployed from here.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/artifacts/resolve.hpp"
#include "core/clock/clock.hpp"
#include "core/registry/registry.hpp"

namespace davit {

struct Cut {
  std::string definition;
  std::vector<std::pair<std::string, std::string>> artifacts;  // --artifact NAME=WHAT
  std::vector<std::pair<std::string, std::string>> values;     // --set NAME=VALUE
  bool draft = false;
  bool dirty = false;
  std::string note;
};

// The new release.
Result<Release> cut(Registry&, const Cut&, const Actor&, const Clock&, const ArtifactProgress&);

}  // namespace davit
