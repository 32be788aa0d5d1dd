// SPDX-License-Identifier: MIT
#include "cli/folding.hpp"

#include <algorithm>

namespace davit {

// A line, and the targets that came by.
struct Folding::Node {
  std::string text;
  std::vector<std::unique_ptr<Node>> down;
  std::vector<std::size_t> waiting;  // came by, and were not told of yet
  Instant since{};                   // the first of these
  std::size_t standing = 0;          // targets whose last line this is
  bool due = false;
};

namespace {

constexpr std::size_t kNode = 128;  // bytes, about

// Whether it or anything below it has waited long enough; marks what is to be told.
template <typename Node>
bool mark(Node& node, Instant now) {
  node.due = !node.waiting.empty() && now - node.since >= Folding::kLongest;
  for (auto& below : node.down) node.due = mark(*below, now) || node.due;
  return node.due;
}

}  // namespace

Folding::Folding(std::size_t targets, Tell tell) : tell_(std::move(tell)), places_(targets) {
  root_ = std::make_unique<Node>();
  root_->standing = targets;
  std::fill(places_.begin(), places_.end(), root_.get());
}

Folding::~Folding() = default;

void Folding::line(std::size_t target, std::string_view text, Instant now) {
  auto* at = places_[target];
  if (!at) return;
  const auto same = std::find_if(at->down.begin(), at->down.end(),
                                 [&](const auto& below) { return below->text == text; });
  const bool known = same != at->down.end();
  if (!known) {
    at->down.push_back(std::make_unique<Node>());
    at->down.back()->text = text;
    kept_ += kNode + text.size();
  }
  auto& next = known ? **same : *at->down.back();
  if (next.waiting.empty()) next.since = now;
  next.waiting.push_back(target);
  ++waiting_;
  --at->standing;
  ++next.standing;
  places_[target] = &next;
  if (kept_ + waiting_ * sizeof target > kMost) begin_anew();
}

void Folding::ended(std::size_t target) {
  if (!places_[target]) return;
  --places_[target]->standing;
  places_[target] = nullptr;
}

void Folding::look(Instant now) {
  pass();
  if (waiting_ > 0 && mark(*root_, now)) tell_due(*root_);
}

void Folding::finish() {
  tell_all(*root_);
  begin_anew();
}

// What everybody has passed is told and forgotten.
void Folding::pass() {
  while (root_->standing == 0 && root_->down.size() == 1) {
    auto next = std::move(root_->down.front());
    tell(*next);
    kept_ -= kNode + next->text.size();
    root_ = std::move(next);
  }
}

void Folding::begin_anew() {
  tell_all(*root_);
  auto root = std::make_unique<Node>();
  for (auto*& place : places_) {
    if (!place) continue;
    place = root.get();
    ++root->standing;
  }
  root_ = std::move(root);
  kept_ = 0;
}

void Folding::tell(Node& node) {
  if (node.waiting.empty()) return;
  std::sort(node.waiting.begin(), node.waiting.end());
  tell_(node.waiting, node.text);
  waiting_ -= node.waiting.size();
  node.waiting.clear();
}

void Folding::tell_all(Node& node) {
  tell(node);
  for (auto& below : node.down) tell_all(*below);
}

void Folding::tell_due(Node& node) {
  if (!node.due) return;
  tell(node);
  for (auto& below : node.down) tell_due(*below);
}

}  // namespace davit
