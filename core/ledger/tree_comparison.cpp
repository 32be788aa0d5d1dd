// SPDX-License-Identifier: MIT
#include "core/ledger/tree_comparison.hpp"

#include <fmt/format.h>

#include <map>

namespace davit {

Result<Differences> TreeComparison::with(const std::string& stored_tree) {
  found_ = {};
  DAVIT_CHECK(folder("", stored_tree));
  if (found_.words.empty() && folded_.tree().id() != stored_tree)
    found_.words.insert("its tree is of another form");
  return std::move(found_);
}

// Goes only into folders that differ, so that this costs little however many releases there are.
Outcome TreeComparison::folder(const std::string& path, const std::string& id) {
  const auto object = repository_.object(id);
  const bool is_tree = object && *object && (*object)->type == "tree";
  const auto stored = is_tree ? parse_tree((*object)->bytes) : std::nullopt;
  if (!stored) {
    found_.words.insert(fmt::format("its tree can't be read: {}", path.empty() ? id : path));
    return Done{};
  }
  const auto parent = path.find('/');
  if (parent != std::string::npos) DAVIT_CHECK(folded_.need_folder(path.substr(parent + 1)));
  std::map<std::string, TreeEntry> expected;
  for (auto& entry : folded_.tree().folder(path)) expected.emplace(entry.name, entry);
  for (const auto& entry : *stored) {
    const auto at = path.empty() ? entry.name : path + "/" + entry.name;
    const auto known = expected.find(entry.name);
    if (known == expected.end()) {
      found_.words.insert(fmt::format("its tree holds {}, which davit did not write", at));
      continue;
    }
    if (entry != known->second) DAVIT_CHECK(this->entry(at, entry, known->second));
    expected.erase(known);
  }
  for (const auto& [name, entry] : expected)
    found_.words.insert(fmt::format("its tree lacks {}", path.empty() ? name : path + "/" + name));
  return Done{};
}

Outcome TreeComparison::entry(const std::string& path, const TreeEntry& stored,
                              const TreeEntry& expected) {
  if (stored.is_tree && expected.is_tree) return folder(path, stored.id);
  if (stored == TreeEntry{stored.name, stored.id} && !expected.is_tree) {
    DAVIT_TRY(const bool same, means_the_same(path, stored.id));
    if (same) return Done{};
  }
  found_.words.insert(fmt::format("its tree differs from the fold: {}", path));
  return Done{};
}

Result<bool> TreeComparison::means_the_same(const std::string& path, const std::string& id) {
  DAVIT_TRY(const auto object, repository_.object(id));
  if (!object) return false;
  const auto json = Json::parse(object->bytes);
  if (!json) return false;
  const bool other = is_of_another_version(*json);
  bool same = other;
  if (!other) {
    DAVIT_TRY(same, path == kStateFile ? is_the_state(*json) : is_the_release(path, *json));
  }
  found_.other_version = found_.other_version || other;
  if (same) folded_.tree().adopt(path, id);
  return same;
}

Result<bool> TreeComparison::is_the_state(const Json& json) {
  auto known = state(json);
  if (known) known->releases = folded_.state().releases;
  return known && *known == folded_.state();
}

Result<bool> TreeComparison::is_the_release(const std::string& path, const Json& json) {
  const auto known = release(json);
  if (!known || path != path_of(known->number)) return false;
  DAVIT_CHECK(folded_.need(known->number));
  const auto* folded = folded_.state().release(known->number);
  return folded != nullptr && *known == *folded;
}

}  // namespace davit
