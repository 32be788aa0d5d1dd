// SPDX-License-Identifier: MIT
// Folding: what many targets print alike is told once, with the targets that printed it. Pure.
//
//   web01…web38 (38) | switched to 18
//   web39 | switched to 18, was 16
//
// Lines are kept as a tree: targets go the same way as long as they print the same, so equal output
// takes its room once. A line is told when every target has passed it; where they part, at the end,
// a way at a time. Nothing waits longer than 10 seconds for others to catch up (a log must not look
// dead, and targets are seldom further apart), and not more than 1 MiB is kept: then all is told as
// it stands, and they begin anew.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/instant.hpp"

namespace davit {

class Folding {
 public:
  static constexpr Duration kLongest = std::chrono::seconds(10);
  static constexpr std::size_t kMost = std::size_t{1} << 20;  // bytes

  // Gets a line and the numbers of the targets that printed it, in their order.
  using Tell = std::function<void(const std::vector<std::size_t>&, const std::string&)>;

  // The targets are numbers from 0.
  Folding(std::size_t targets, Tell);
  Folding(const Folding&) = delete;
  Folding& operator=(const Folding&) = delete;
  ~Folding();

  void line(std::size_t target, std::string_view text, Instant now);
  // It prints no more.
  void ended(std::size_t target);
  // Tells what is due.
  void look(Instant now);
  // Tells all that is left.
  void finish();

 private:
  struct Node;
  void tell(Node&);
  void tell_all(Node&);
  void tell_due(Node&);
  void pass();
  void begin_anew();

  Tell tell_;
  std::unique_ptr<Node> root_;
  std::vector<Node*> places_;  // of each target; null: it has ended
  std::size_t kept_ = 0;       // bytes
  std::size_t waiting_ = 0;    // lines × targets that are not told yet
};

}  // namespace davit
