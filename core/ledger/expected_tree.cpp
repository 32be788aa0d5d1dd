// SPDX-License-Identifier: MIT
#include "core/ledger/expected_tree.hpp"

#include "core/ledger/snapshot.hpp"

namespace davit {

void ExpectedTree::put_state(std::string_view bytes) { state_ = object_id("blob", bytes); }

void ExpectedTree::put_release(ReleaseNumber number, std::string_view bytes) {
  auto& shard = shards_[shard_of(number)];
  shard.files[file_of(number)] = object_id("blob", bytes);
  shard.id.clear();
}

void ExpectedTree::adopt(const std::string& path, const std::string& id) {
  const auto folder = path.find('/');
  const auto file = path.rfind('/');
  if (folder == file) {
    state_ = id;
    return;
  }
  auto& shard = shards_[path.substr(folder + 1, file - folder - 1)];
  shard.files[path.substr(file + 1)] = id;
  shard.id.clear();
}

std::string ExpectedTree::id() {
  std::vector<TreeEntry> folders;
  for (auto& [name, shard] : shards_) {
    if (shard.id.empty()) {
      std::vector<TreeEntry> files;
      for (const auto& [file, file_id] : shard.files) files.push_back({file, file_id});
      shard.id = object_id("tree", tree_bytes(std::move(files)));
    }
    folders.push_back({name, shard.id, true});
  }
  std::vector<TreeEntry> root{{kStateFile, state_}};
  if (!folders.empty())
    root.push_back({kReleasesFolder, object_id("tree", tree_bytes(std::move(folders))), true});
  return object_id("tree", tree_bytes(std::move(root)));
}

std::map<std::string, std::string> ExpectedTree::files() const {
  std::map<std::string, std::string> all{{kStateFile, state_}};
  for (const auto& [name, shard] : shards_)
    for (const auto& [file, id] : shard.files)
      all[std::string(kReleasesFolder) + "/" + name + "/" + file] = id;
  return all;
}

}  // namespace davit
