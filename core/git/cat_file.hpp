// SPDX-License-Identifier: MIT
// Reading objects through one `git cat-file --batch`, which is started when first asked and lives
// as long as this. It sees what was written after it was started, packed or not.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/process/process.hpp"
#include "core/process/spawn.hpp"
#include "definitions/result.hpp"

namespace davit {

struct GitObject {
  std::string id;
  std::string type;  // commit, tree, blob, tag
  std::string bytes;
};

class CatFile {
 public:
  // How to start it, without "cat-file" and what follows.
  explicit CatFile(Invocation git) : command_(std::move(git)) {}

  // The objects of these names, in their order; nothing where there is none. All names are sent
  // while the answers are read, so that neither side waits for the other.
  Result<std::vector<std::optional<GitObject>>> read(const std::vector<std::string>& names);

 private:
  using Answers = std::vector<std::optional<GitObject>>;
  Result<Answers> converse(const std::vector<std::string>& names);
  Outcome exchange(std::string_view& unsent);
  Result<bool> take(const std::string& name, Answers&);
  Outcome none(const std::string& name, std::string_view line);
  Error broken_off();
  void start_again();

  Invocation command_;
  std::optional<Child> child_;
  std::string received_;  // and not yet understood, from `position_`
  std::size_t position_ = 0;
  std::string errors_;
};

}  // namespace davit
