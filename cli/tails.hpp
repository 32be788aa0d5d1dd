// SPDX-License-Identifier: MIT
// The last lines that each target printed, for the end of a run that fails. Pure; 20 lines of at
// most a thousand bytes for each target.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace davit {

class Tails {
 public:
  using Lines = std::deque<std::string>;

  void line(const std::string& target, std::string_view text);
  // Nothing where it printed nothing.
  const Lines& of(const std::string& target) const;
  void clear() { lines_.clear(); }

 private:
  std::map<std::string, Lines> lines_;
};

}  // namespace davit
