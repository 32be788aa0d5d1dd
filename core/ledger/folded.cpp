// SPDX-License-Identifier: MIT
#include "core/ledger/folded.hpp"

#include <fmt/format.h>

namespace davit {

Result<bool> Folded::begin_at(const std::string& commit) {
  DAVIT_TRY(base_, snapshot_at(repository_, definition_, commit));
  if (base_.folded || base_.stored_at.empty()) return false;
  DAVIT_TRY(const auto folders,
            repository_.tree(fmt::format("{}:{}", base_.stored_at, kReleasesFolder)));
  tree_.begin_with(folders);
  return true;
}

Result<Applied> Folded::fold(const Event& event) {
  const auto about = releases_of(event.fact);
  for (const auto number : about) DAVIT_CHECK(need(number));
  auto applied = apply(base_.state, event);
  for (const auto number : about)
    if (const auto* release = base_.state.release(number))
      tree_.put_release(number, stored(*release));
  state_is_put_ = false;
  return applied;
}

ExpectedTree& Folded::tree() {
  if (!state_is_put_) tree_.put_state(stored(base_.state));
  state_is_put_ = true;
  return tree_;
}

Outcome Folded::need(ReleaseNumber number) {
  if (base_.stored_at.empty()) return Done{};
  DAVIT_CHECK(need_folder(shard_of(number)));
  DAVIT_CHECK(load_releases(repository_, base_, {number}));
  if (base_.folded) return Error{"the stored releases are of another version"};
  return Done{};
}

Outcome Folded::need_folder(const std::string& name) {
  if (tree_.is_filled(name)) return Done{};
  DAVIT_TRY(const auto files,
            repository_.tree(fmt::format("{}:{}/{}", base_.stored_at, kReleasesFolder, name)));
  tree_.fill(name, files);
  return Done{};
}

}  // namespace davit
