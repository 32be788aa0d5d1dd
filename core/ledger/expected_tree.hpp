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
  void put_release(ReleaseNumber, std::string_view bytes);
  // The file at this path is stored in other bytes of the same meaning.
  void adopt(const std::string& path, const std::string& id);

  // The id of the whole.
  std::string id();
  // Path and id of every file.
  std::map<std::string, std::string> files() const;

 private:
  struct Shard {
    std::map<std::string, std::string> files;  // name and id
    std::string id;                            // empty: to be worked out again
  };
  std::string state_;
  std::map<std::string, Shard> shards_;
};

}  // namespace davit
