// SPDX-License-Identifier: MIT
#include "cli/painter.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "cli/utf8.hpp"

namespace davit {

namespace {

constexpr std::size_t kMostAbove = 64 * 1024;  // bytes that wait for a frame

// The rows that lines take on a terminal that is narrower now: it has broken them.
int rows_of(const std::vector<int>& lines, int width) {
  int rows = 0;
  for (const int columns : lines) rows += std::max(1, (columns + width - 1) / width);
  return rows;
}

}  // namespace

TerminalSize terminal_size(const Writer& writer) {
  TerminalSize size;
  winsize known{};
  if (!writer.terminal || ioctl(STDERR_FILENO, TIOCGWINSZ, &known) != 0) return size;
  if (known.ws_row > 0) size.rows = known.ws_row;
  if (known.ws_col > 0) size.columns = known.ws_col;
  return size;
}

void Painter::above(std::string_view line) {
  above_ += line;
  above_ += '\n';
  if (above_.size() > kMostAbove) draw();
}

void Painter::frame(std::vector<std::string> rows) {
  if (above_.empty() && rows == rows_ && terminal_size(terminal_) == size_) return;
  rows_ = std::move(rows);
  draw();
}

void Painter::clear() {
  rows_.clear();
  draw();
}

void Painter::draw() {
  if (above_.empty() && rows_.empty() && drawn_.empty()) return;
  const auto size = size_ = terminal_size(terminal_);
  const auto& style = terminal_.style;
  std::string out;
  // No more can be reached than stands on the screen.
  const int up = std::min(rows_of(drawn_, size.columns), size.rows - 1);
  if (up > 0) out += fmt::format("\x1b[{}A\r", up);
  // Nothing may stay beside or between lines that are broken.
  if (!above_.empty() || up > static_cast<int>(drawn_.size())) out += "\x1b[J";
  out += above_;
  drawn_.clear();
  for (const auto& row : rows_) {
    if (static_cast<int>(drawn_.size()) >= size.rows - 1) break;
    const auto line = cut(style.shown(row), size.columns - 1);
    drawn_.push_back(columns(line));
    out += line + "\x1b[K\n";
  }
  if (up > 0) out += "\x1b[J";
  above_.clear();
  terminal_.write(out);
  terminal_.flush();
}

}  // namespace davit
