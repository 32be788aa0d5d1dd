// SPDX-License-Identifier: MIT
// A tree on its way to many targets: the files of an archive in one tar on the disk, of which each
// target is sent what it lacks, and a list of what has to come of it.
//
// What an archive may hold is what unpack.hpp says. Nobody but us can find the tar; it goes with
// the parcel. In memory is one entry for each of its files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/artifacts/archive.hpp"
#include "core/events/ids.hpp"
#include "core/process/descriptor.hpp"
#include "definitions/result.hpp"

namespace davit {

// Bytes of a file.
struct Stretch {
  std::int64_t at = 0, size = 0;
  bool operator==(const Stretch&) const = default;
};

struct ParcelFile {
  std::string path;  // from the top
  unsigned mode = 0;
  Digest digest;
  std::int64_t size = 0;
  Stretch tar;  // its header and its content
};
struct ParcelLink {
  std::string path, target;
};
struct ParcelFolder {
  std::string path;  // empty: the top
  unsigned mode = 0;
};

struct Parcel {
  std::vector<ParcelFile> files;  // those of one mode behind each other
  std::vector<ParcelLink> links;
  std::vector<ParcelFolder> folders;  // each behind the one it is in

  // Of the tar: entries for all folders and links; the list, as a file; the archive's end. Files
  // lie below a folder "new", and the list beside it.
  Descriptor tar;
  Stretch others, list, end;
  std::int64_t size = 0;  // all of it
};

// Reads the archive once; the tar is made in `folder`. `list` makes the list's text. `give_up` is
// asked at each piece; true is an error.
Result<std::shared_ptr<const Parcel>> make_parcel(
    const std::string& archive, const std::string& folder,
    const std::function<std::string(const Parcel&)>& list, const std::function<bool()>& give_up);

}  // namespace davit
