// SPDX-License-Identifier: MIT
// Reading objects through one `git cat-file --batch-command`, which is started when first asked and
// lives as long as this. It sees what was written after it was started, packed or not.
#pragma once

#include <functional>
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

  // Hands over the object of each name, in their order; nothing where there is none. All names are
  // sent while the answers are read and taken, so that nobody waits for the other. `take` must not
  // ask for more.
  using Take = std::function<void(std::size_t index, std::optional<GitObject>)>;
  Outcome read(const std::vector<std::string>& names, const Take& take);
  // With what is asked next a fresh git looks, which remembers nothing.
  void start_again();

 private:
  Outcome converse(const std::vector<std::string>& names, std::size_t& answered, const Take&);
  Outcome exchange(std::string_view& unsent);
  Result<bool> understand(const std::string& name, std::optional<GitObject>& answer);
  Outcome none(const std::string& name, std::string_view line);
  Error broken_off();

  Invocation command_;
  std::optional<Child> child_;
  std::string received_;  // and not yet understood, from `position_`
  std::size_t position_ = 0;
  std::string errors_;
};

}  // namespace davit
