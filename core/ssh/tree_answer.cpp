// SPDX-License-Identifier: MIT
#include "core/ssh/tree_answer.hpp"

#include <algorithm>

#include "core/ssh/remote_tree.hpp"

namespace davit {

namespace {

constexpr std::size_t kLongestPath = 64u << 10;

// "lib/x" of "./lib/x", nothing of "." and "./".
std::string_view from_top(std::string_view path) {
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.starts_with('/')) path.remove_prefix(1);
  return path;
}

bool is_in(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace

SentTree::SentTree(std::shared_ptr<const Parcel> sent)
    : parcel(std::move(sent)), list(tree_list(*parcel)) {
  for (const auto& file : parcel->files) paths.emplace_back(file.path);
  for (const auto& link : parcel->links) paths.emplace_back(link.path);
  for (const auto& folder : parcel->folders) paths.emplace_back(folder.path);
  std::sort(paths.begin(), paths.end());
}

TreeAnswer::TreeAnswer(std::shared_ptr<const SentTree> sent, std::vector<std::string> ours)
    : sent_(std::move(sent)),
      ours_(std::move(ours)),
      there_(sent_->paths.size()),
      differs_(sent_->paths.size()) {}

std::string_view TreeAnswer::take(std::string_view bytes) {
  while (!over_ && !bytes.empty()) {
    const auto end = bytes.find('\0');
    // A path that is longer than any is was cut, and is told as what it begins with.
    if (word_.size() < kLongestPath) word_.append(bytes.substr(0, end));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (end == std::string_view::npos) break;
    if (word_.empty())
      over_ = true;
    else
      hear(word_);
    word_.clear();
  }
  return bytes;
}

void TreeAnswer::hear(std::string_view word) {
  const auto kind = word.front();
  if (kind != 'd' && kind != 'h') return;
  const auto path = from_top(word.substr(1));
  const auto& paths = sent_->paths;
  const auto found = std::lower_bound(paths.begin(), paths.end(), path);
  if (found != paths.end() && *found == path) {
    if (kind == 'd' && is_ours(path)) return;
    const auto at = static_cast<std::size_t>(found - paths.begin());
    (kind == 'h' ? there_ : differs_)[at] = true;
    return;
  }
  if (kind == 'd' || is_ours(path)) return;
  if (added_++ == 0 || path < first_added_) first_added_ = path;
}

bool TreeAnswer::is_ours(std::string_view path) const {
  return std::any_of(ours_.begin(), ours_.end(), [&](const std::string& one) {
    return path == one || is_in(path, one) || is_in(one, path);
  });
}

std::optional<Apart> TreeAnswer::apart() const {
  Apart out{.count = added_, .first = first_added_, .how = Apart::How::added};
  bool is_first = true;
  for (std::size_t i = 0; i < there_.size(); ++i) {
    if (there_[i] && !differs_[i]) continue;
    ++out.count;
    const auto path = sent_->paths[i];
    if (std::exchange(is_first, false) && (added_ == 0 || path < first_added_)) {
      out.first = path;
      out.how = there_[i] ? Apart::How::changed : Apart::How::missing;
    }
  }
  if (out.count == 0) return std::nullopt;
  return out;
}

}  // namespace davit
