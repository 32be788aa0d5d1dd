// SPDX-License-Identifier: MIT
// Writing objects: loose ones, one file each, as git writes them (gitrepository-layout(5)). The one
// door to zlib.
//
// Nobody sees them until a ref moves (ref_move.hpp). Only for a repository that discovery accepted:
// whose it is and which format it has was git's to decide. libgit2 could do it, too, but reads the
// system's certificates when it starts: 10 ms for each command, more than all else of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/artifacts/aside.hpp"
#include "definitions/result.hpp"

namespace davit {

class ObjectWriter {
 public:
  // Of the repository whose common directory this is. `sync`: what is settled is on the disk.
  ObjectWriter(const std::string& common_directory, bool sync)
      : objects_(common_directory + "/objects"), sync_(sync) {}

  enum class Kind { commit, tree, blob };
  // Writes an object, to be there once it is settled, and returns its id. One that is there already
  // is left as it is, but for its time: `git gc` takes it for a new one and keeps it.
  Result<std::string> write(Kind, std::string_view bytes);

  // What was written is there. Synced all at once: a disk syncs ten files in little more than the
  // time of one.
  Outcome settle();

 private:
  struct Unsettled {
    Aside aside;
    std::string folder, path;
  };
  Outcome prepare(std::string folder, std::string path, const std::string& packed);
  Outcome put(Unsettled&);
  Outcome settle_all();

  std::string objects_;
  bool sync_;
  std::vector<Unsettled> unsettled_;
  bool made_folder_ = false;
};

}  // namespace davit
