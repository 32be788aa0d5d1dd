// SPDX-License-Identifier: MIT
#include "cli/line.hpp"

#include <algorithm>

namespace davit {

namespace {

Line take_apart(const Options& global, const std::vector<std::string>& words) {
  Line line{.rest = words};
  const std::vector<Word> sorted = sort_out(global, words);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i].kind == Word::Kind::unknown || sorted[i].kind == Word::Kind::mark) break;
    if (sorted[i].kind != Word::Kind::plain) continue;
    line.command = words[i];
    line.rest.erase(line.rest.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
  return line;
}

}  // namespace

Line read_line(const Options& global, const std::vector<std::string>& words) {
  Line line = take_apart(global, words);
  if (line.command != "help") return line;
  line = take_apart(global, line.rest);
  line.rest.insert(line.rest.begin(), "--help");
  return line;
}

const Command* find(const std::vector<Command>& commands, std::string_view name) {
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == commands.end() ? nullptr : &*found;
}

}  // namespace davit
