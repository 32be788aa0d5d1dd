// SPDX-License-Identifier: MIT
// What a target says of a tree that was unpacked there (remote_look.hpp), beside what was sent.
// Pure. However much was added there, what is in memory is two bits for each of what was sent.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/artifacts/parcel.hpp"
#include "core/policy/drift.hpp"

namespace davit {

// What was sent: shared by all targets that got it.
struct SentTree {
  explicit SentTree(std::shared_ptr<const Parcel>);
  std::shared_ptr<const Parcel> parcel;
  std::string list;                     // tree_list()
  std::vector<std::string_view> paths;  // of all that is in it, sorted; the top's is empty
};

class TreeAnswer {
 public:
  // `ours`: paths in it at which davit itself put something later; they, what is in them and the
  // folders above them are as they should be.
  TreeAnswer(std::shared_ptr<const SentTree>, std::vector<std::string> ours);

  // Takes these bytes, to the end of the answer at most, and gives those behind it.
  std::string_view take(std::string_view bytes);
  bool is_over() const { return over_; }
  // What is not as it was sent; nothing where all is. Of an answer that is over.
  std::optional<Apart> apart() const;

 private:
  void hear(std::string_view word);
  bool is_ours(std::string_view path) const;

  std::shared_ptr<const SentTree> sent_;
  std::vector<std::string> ours_;
  std::vector<bool> there_, differs_;  // for each of the paths
  std::size_t added_ = 0;
  std::string first_added_;
  std::string word_;  // what came of it so far
  bool over_ = false;
};

}  // namespace davit
