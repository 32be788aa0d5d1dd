// SPDX-License-Identifier: MIT
// What a person sees on a terminal: the text after carriage returns, cursor movements and erasing
// have done their work. Colours are dropped. As much of ECMA-48 as programs that redraw a few lines
// use; a character is one cell wide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace program {

class Screen {
 public:
  explicit Screen(int rows) : height_(rows) {}

  void feed(std::string_view bytes);

  // Everything that is to be seen, with what has scrolled away above it; no blanks at the ends of
  // lines, no empty lines at the end.
  std::string text() const;
  // Everything that was ever printed, in order, without escapes and carriage returns.
  const std::string& transcript() const { return transcript_; }

 private:
  using Row = std::vector<std::string>;  // a character (UTF-8) a cell

  void put(std::string_view character);
  void control(char);
  void escape(std::string_view parameters, char final);
  void move(int rows, int columns);
  void erase_line(int mode);
  void erase_below();
  Row& row();

  int height_;
  int row_ = 0;  // from the first line ever
  int column_ = 0;
  std::vector<Row> rows_;
  std::string pending_;  // of an escape or character that is not complete yet
  std::string transcript_;
};

}  // namespace program
