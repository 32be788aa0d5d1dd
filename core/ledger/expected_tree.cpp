// SPDX-License-Identifier: MIT
#include "core/ledger/expected_tree.hpp"

#include "core/ledger/snapshot.hpp"

namespace davit {

namespace {

std::vector<TreeEntry> entries_of(const std::map<std::string, std::string>& files) {
  std::vector<TreeEntry> entries;
  entries.reserve(files.size());
  for (const auto& [name, id] : files) entries.push_back({name, id});
  return entries;
}

}  // namespace

void ExpectedTree::put_state(std::string_view bytes) { state_ = object_id("blob", bytes); }

void ExpectedTree::put_release(ReleaseNumber number, std::string_view bytes) {
  auto& shard = shards_[shard_of(number)];
  shard.files[file_of(number)] = object_id("blob", bytes);
  shard.id.clear();
}

void ExpectedTree::begin_with(const std::vector<TreeEntry>& folders) {
  for (const auto& folder : folders) shards_[folder.name] = {{}, folder.id, false};
}

bool ExpectedTree::is_filled(const std::string& folder) const {
  const auto known = shards_.find(folder);
  return known == shards_.end() || known->second.filled;
}

void ExpectedTree::fill(const std::string& folder, const std::vector<TreeEntry>& files) {
  auto& shard = shards_[folder];
  for (const auto& file : files) shard.files[file.name] = file.id;
  shard.filled = true;
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

std::vector<TreeEntry> ExpectedTree::shards() {
  std::vector<TreeEntry> folders;
  folders.reserve(shards_.size());
  for (auto& [name, shard] : shards_) {
    if (shard.id.empty()) shard.id = object_id("tree", tree_bytes(entries_of(shard.files)));
    folders.push_back({name, shard.id, true});
  }
  return folders;
}

std::vector<TreeEntry> ExpectedTree::root() {
  std::vector<TreeEntry> entries{{kStateFile, state_}};
  if (!shards_.empty())
    entries.push_back({kReleasesFolder, object_id("tree", tree_bytes(shards())), true});
  return entries;
}

std::string ExpectedTree::id() { return object_id("tree", tree_bytes(root())); }

std::vector<TreeEntry> ExpectedTree::folder(const std::string& path) {
  if (path.empty()) return root();
  if (path == kReleasesFolder) return shards();
  const auto known = shards_.find(path.substr(path.rfind('/') + 1));
  return known == shards_.end() ? std::vector<TreeEntry>{} : entries_of(known->second.files);
}

}  // namespace davit
