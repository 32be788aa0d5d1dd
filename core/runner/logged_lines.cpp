// SPDX-License-Identifier: MIT
#include "core/runner/logged_lines.hpp"

#include <algorithm>

#include "core/runner/log_writer.hpp"

namespace davit {

// "TIME STEP | text", "TIME STEP * started, try 2"
void LoggedLines::line(std::string_view text) {
  text.remove_prefix(std::min(text.find(' '), text.size()));
  if (text.empty()) return;
  text.remove_prefix(1);
  const auto at = std::min(text.find(" | "), text.find(" * "));
  if (at == text.npos) return;
  auto known = lines_.find(text.substr(0, at));
  if (known == lines_.end()) known = lines_.emplace(text.substr(0, at), 0).first;
  if (text[at + 1] == LogWriter::kOutput)
    ++known->second;
  else if (text.substr(at + 3).starts_with("started"))
    known->second = 0;
}

std::size_t LoggedLines::of(const std::string& step) const {
  const auto known = lines_.find(step);
  return known == lines_.end() ? 0 : known->second;
}

}  // namespace davit
