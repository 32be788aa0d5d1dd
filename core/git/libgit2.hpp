// SPDX-License-Identifier: MIT
// Writing objects and moving a ref: the one door to libgit2, which is loaded when first opened.
//
// Objects are loose, one file each, and nobody sees them until the ref moves. The ref moves by
// compare-and-swap, in git's own lock, so that it is safe against git and other davits. Synced, a
// ref never survives a power cut that its objects do not. Only for a repository that discovery
// accepted: whose it is and which format it has was git's to decide.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "definitions/result.hpp"

namespace davit {

class ObjectWriter {
 public:
  // The repository whose common directory this is. `sync`: each object and ref is on the disk
  // before the next is written.
  static Result<ObjectWriter> open(const std::string& common_directory, bool sync);
  ObjectWriter(ObjectWriter&&) noexcept;
  ObjectWriter& operator=(ObjectWriter&&) noexcept;
  ~ObjectWriter();

  enum class Kind { commit, tree, blob };
  // Writes an object and returns its id; one that is there already is left as it is.
  Result<std::string> write(Kind, std::string_view bytes);

  struct Move {
    std::string ref;
    std::string from;  // empty: the ref must not exist
    std::string to;
    std::string email;  // whose move it is, and
    std::string why;    // why: for the reflog, which libgit2 keeps where there is a working tree
  };
  enum class Moved {
    yes,
    elsewhere,  // somebody else moved it first
    locked,     // somebody else is moving it, or died doing so
  };
  Result<Moved> move(const Move&);

 private:
  struct Opened;
  explicit ObjectWriter(std::unique_ptr<Opened>);
  std::unique_ptr<Opened> opened_;
};

}  // namespace davit
