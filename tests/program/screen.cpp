// SPDX-License-Identifier: MIT
#include "tests/program/screen.hpp"

#include <algorithm>
#include <cstdlib>

namespace program {

namespace {

constexpr char kEscape = '\033';

// The length of the UTF-8 character that begins with this byte.
std::size_t length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

// The length of the escape sequence at the front; 0 when it is not all there yet.
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[1] == ']') {  // a title, say; ends with BEL or ESC backslash
    const auto end = text.find_first_of("\a\\", 2);
    return end == std::string_view::npos ? 0 : end + 1;
  }
  if (text[1] != '[') return 2;
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (text[i] >= '@' && text[i] <= '~') return i + 1;
  }
  return 0;
}

int number(std::string_view parameters, int otherwise) {
  const int value = std::atoi(std::string(parameters).c_str());
  return value > 0 ? value : otherwise;
}

}  // namespace

void Screen::feed(std::string_view bytes) {
  pending_ += bytes;
  std::string_view left = pending_;
  while (!left.empty()) {
    const std::size_t size =
        left.front() == kEscape ? escape_length(left) : std::min(length(left.front()), left.size());
    if (size == 0) break;
    if (left.front() == kEscape) {
      if (left[1] == '[') escape(left.substr(2, size - 3), left[size - 1]);
    } else if (static_cast<unsigned char>(left.front()) < ' ') {
      control(left.front());
    } else {
      put(left.substr(0, size));
    }
    left.remove_prefix(size);
  }
  pending_ = std::string(left);
}

void Screen::put(std::string_view character) {
  Row& cells = row();
  const auto column = static_cast<std::size_t>(column_);
  if (cells.size() <= column) cells.resize(column + 1, " ");
  cells[column] = character;
  ++column_;
  transcript_ += character;
}

void Screen::control(char c) {
  if (c == '\n') {
    ++row_;
    row();
  }
  if (c == '\r') column_ = 0;
  if (c == '\b') column_ = std::max(0, column_ - 1);
  if (c == '\t') column_ = (column_ / 8 + 1) * 8;
  if (c == '\n' || c == '\t') transcript_ += c;
}

void Screen::escape(std::string_view parameters, char final) {
  const int n = number(parameters, 1);
  if (final == 'A') move(-n, 0);
  if (final == 'B') move(n, 0);
  if (final == 'C') move(0, n);
  if (final == 'D') move(0, -n);
  if (final == 'E') column_ = 0, move(n, 0);
  if (final == 'F') column_ = 0, move(-n, 0);
  if (final == 'G') column_ = n - 1;
  if (final == 'H') column_ = 0, move(-row_, 0);
  if (final == 'K') erase_line(number(parameters, 0));
  if (final == 'J') erase_below();
}

void Screen::move(int rows, int columns) {
  const int first = std::max(0, static_cast<int>(rows_.size()) - height_);
  row_ = std::clamp(row_ + rows, first, first + height_ - 1);
  column_ = std::max(0, column_ + columns);
}

void Screen::erase_line(int mode) {
  Row& cells = row();
  const auto column = std::min(static_cast<std::size_t>(column_), cells.size());
  const auto here = cells.begin() + static_cast<std::ptrdiff_t>(column);
  if (mode == 0) cells.erase(here, cells.end());
  if (mode == 1) std::fill(cells.begin(), here, " ");
  if (mode == 2) cells.clear();
}

void Screen::erase_below() {
  erase_line(0);
  rows_.resize(static_cast<std::size_t>(row_) + 1);
}

Screen::Row& Screen::row() {
  const auto at = static_cast<std::size_t>(row_);
  if (rows_.size() <= at) rows_.resize(at + 1);
  return rows_[at];
}

std::string Screen::text() const {
  std::string all;
  std::size_t end = 0;
  for (const Row& cells : rows_) {
    std::string line;
    for (const std::string& cell : cells) line += cell;
    all += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    if (line.find_last_not_of(' ') != std::string::npos) end = all.size();
  }
  return all.substr(0, end);
}

}  // namespace program
