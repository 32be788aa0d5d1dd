// SPDX-License-Identifier: MIT
// The trees that releases unpack on targets, as they were sent: made from this clone's artifacts.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/artifacts/store.hpp"
#include "core/ssh/tree_answer.hpp"

namespace davit {

class SentTrees {
 public:
  explicit SentTrees(std::string private_directory)
      : folder_(private_directory), store_(std::move(private_directory)) {}

  // Each is made once. An error where the artifact is not here, or is no archive.
  using Tree = Result<std::shared_ptr<const SentTree>>;
  const Tree& of(const Digest&);

 private:
  Tree made(const Digest&) const;

  std::string folder_;
  Store store_;
  std::map<std::string, Tree> trees_;
};

}  // namespace davit
