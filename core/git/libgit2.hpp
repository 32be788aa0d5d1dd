// SPDX-License-Identifier: MIT
// Writing objects: the one door to libgit2, which is loaded when first opened.
//
// Objects are loose, one file each, and nobody sees them until a ref moves (ref_move.hpp). Only for
// a repository that discovery accepted: whose it is and which format it has was git's to decide.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "definitions/result.hpp"

namespace davit {

class ObjectWriter {
 public:
  // The repository whose common directory this is. `sync`: each object is on the disk before
  // the next is written.
  static Result<ObjectWriter> open(const std::string& common_directory, bool sync);
  ObjectWriter(ObjectWriter&&) noexcept;
  ObjectWriter& operator=(ObjectWriter&&) noexcept;
  ~ObjectWriter();

  enum class Kind { commit, tree, blob };
  // Writes an object and returns its id; one that is there already is left as it is.
  Result<std::string> write(Kind, std::string_view bytes);

 private:
  struct Opened;
  explicit ObjectWriter(std::unique_ptr<Opened>);
  std::unique_ptr<Opened> opened_;
};

}  // namespace davit
