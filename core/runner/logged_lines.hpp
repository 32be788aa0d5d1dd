// SPDX-License-Identifier: MIT
// How many lines of output a log has of each step's last try, from what the log says: where a
// target sends the output of a try from its beginning to a davit that took over, so many lines of
// it are known.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace davit {

class LoggedLines {
 public:
  // The next line of the log, without its end.
  void line(std::string_view);
  // `step` as the log names it.
  std::size_t of(const std::string& step) const;

 private:
  std::map<std::string, std::size_t, std::less<>> lines_;
};

}  // namespace davit
