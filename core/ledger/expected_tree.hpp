// SPDX-License-Identifier: MIT
// The tree that a commit of the ledger must have by the fold, known by the ids of its files, so
// that comparing it with the stored one reads nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/events/ids.hpp"
#include "core/git/tree.hpp"

namespace davit {

class ExpectedTree {
 public:
  void put_state(std::string_view bytes);
  // Its folder must be filled where it is known by its id alone.
  void put_release(ReleaseNumber, std::string_view bytes);

  // Folders of releases that were there before what is put: by their ids at first, and what is in
  // one once that is asked for.
  void begin_with(const std::vector<TreeEntry>& folders);
  bool is_filled(const std::string& folder) const;
  void fill(const std::string& folder, const std::vector<TreeEntry>& files);

  // The file at this path may be stored in these other bytes.
  void adopt(const std::string& path, const std::string& id);

  // The id of the whole.
  std::string id();
  // What is in the folder at this path: "", "releases", "releases/0" (when it is filled).
  std::vector<TreeEntry> folder(const std::string& path);

 private:
  struct Shard {
    std::map<std::string, std::string> files;  // name and id
    std::string id;                            // empty: to be worked out again
    bool filled = true;
  };
  std::vector<TreeEntry> root();
  std::vector<TreeEntry> shards();
  std::string state_;
  std::map<std::string, Shard> shards_;
};

}  // namespace davit
