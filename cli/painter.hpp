// SPDX-License-Identifier: MIT
// A block of lines at the bottom of a terminal that is drawn over and over, and lines that scroll
// away above it.
//
// A frame is one write: over the old block from its first line on, so that nothing flickers. The
// cursor rests below the block; no mode of the terminal is changed, so that there is nothing to
// undo, whatever ends davit. The block is never higher or wider than the terminal, whose size is
// asked for each frame. Text must be harmless (terminal_text.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/writer.hpp"

namespace davit {

struct TerminalSize {
  int rows = 24, columns = 80;
  bool operator==(const TerminalSize&) const = default;
};

// Of the terminal that standard error is, at this moment; as above where nobody knows.
TerminalSize terminal_size(const Writer&);

class Painter {
 public:
  explicit Painter(Writer& terminal) : terminal_(terminal) {}
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;
  ~Painter() { clear(); }

  // A line to stay, above the block; to be seen with the next frame.
  void above(std::string_view line);
  // What the block is now; nothing is drawn where nothing has changed.
  void frame(std::vector<std::string> rows);
  // Shows what waits for a frame.
  void show() { draw(); }
  // Takes the block away.
  void clear();

 private:
  void draw();

  Writer& terminal_;
  std::string above_;              // not drawn yet
  std::vector<std::string> rows_;  // of the block
  std::vector<int> drawn_;         // the columns of each line that stands on the terminal
  TerminalSize size_;              // when it was drawn
};

}  // namespace davit
