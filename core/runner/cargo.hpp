// SPDX-License-Identifier: MIT
// What an upload step sends to its targets: made once, and shared by all of them. However large it
// is and however many they are, what is in memory of it is one piece for each.
#pragma once

#include <memory>
#include <vector>

#include "core/artifacts/parcel.hpp"
#include "core/runner/run.hpp"
#include "core/ssh/target_shell.hpp"

namespace davit {

struct Cargo {
  ArtifactPin pin;
  Descriptor file;                       // the artifact's, in the store
  std::int64_t size = 0;                 // its bytes
  std::shared_ptr<const Parcel> parcel;  // of an archive that is unpacked; else null

  int from() const { return parcel ? parcel->tar.number() : file.number(); }
};

// Puts it with the run's cargoes, where it is not there yet. It stays out where davit was asked to
// end meanwhile.
Outcome load_cargo(Run&, const UploadAction&);

// Told bytes that were sent so far; or -1, and nothing more, when the file can't be read.
using Sent = std::function<void(std::int64_t)>;
// Gives these stretches of it, one behind the other.
Source cargo_source(std::shared_ptr<const Cargo>, std::vector<Stretch>, Sent);

}  // namespace davit
