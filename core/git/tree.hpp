// SPDX-License-Identifier: MIT
// Git's trees as bytes and as entries, and the name git gives to bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace davit {

struct TreeEntry {
  std::string name;
  std::string id;
  bool is_tree = false;
  bool is_link = false;
  bool is_executable = false;
  bool is_submodule = false;
  bool operator==(const TreeEntry&) const = default;
};

// The entries of a tree object's bytes; nothing where they are no tree.
std::optional<std::vector<TreeEntry>> parse_tree(std::string_view bytes);

// The bytes of a tree object, its entries in git's order.
std::string tree_bytes(std::vector<TreeEntry> entries);

// The id git gives to an object of this type ("blob", "tree", "commit") and these bytes.
std::string object_id(std::string_view type, std::string_view bytes);

}  // namespace davit
