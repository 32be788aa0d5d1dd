// SPDX-License-Identifier: MIT
#include "core/deployment/sent_trees.hpp"

#include "core/ssh/remote_tree.hpp"

namespace davit {

const SentTrees::Tree& SentTrees::of(const Digest& digest) {
  const auto found = trees_.find(digest.hex);
  if (found != trees_.end()) return found->second;
  return trees_.emplace(digest.hex, made(digest)).first->second;
}

SentTrees::Tree SentTrees::made(const Digest& digest) const {
  DAVIT_TRY(const auto archive, store_.path(digest));
  DAVIT_TRY(auto parcel, make_parcel(archive, folder_, tree_list, nullptr));
  return std::make_shared<const SentTree>(std::move(parcel));
}

}  // namespace davit
