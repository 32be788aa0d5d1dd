// SPDX-License-Identifier: MIT
#include "cli/table.hpp"

#include <algorithm>

#include "cli/utf8.hpp"

namespace davit {

namespace {

std::string blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

}  // namespace

TextTable& TextTable::align(std::size_t column, Align how) {
  if (align_.size() <= column) align_.resize(column + 1, Align::left);
  align_[column] = how;
  return *this;
}

TextTable& TextTable::indent(int columns) {
  indent_ = columns;
  return *this;
}

TextTable& TextTable::gap(int columns) {
  gap_ = columns;
  return *this;
}

TextTable& TextTable::row(std::vector<std::string> cells) {
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  rows_.push_back(std::move(cells));
  return *this;
}

std::vector<int> TextTable::widths(const std::vector<std::vector<std::string>>& rows) const {
  std::vector<int> widths;
  for (const auto& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  return widths;
}

std::string TextTable::line(const std::vector<std::string>& cells,
                            const std::vector<int>& widths) const {
  std::string out = cells.empty() ? "" : blanks(indent_);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string padding = blanks(widths[i] - columns(cells[i]));
    const bool last = i + 1 == cells.size();
    if (i < align_.size() && align_[i] == Align::right)
      out += padding + cells[i];
    else
      out += last ? cells[i] : cells[i] + padding;
    if (!last) out += blanks(gap_);
  }
  return out;
}

std::string TextTable::render(const Style& style) const {
  std::vector<std::vector<std::string>> rows = rows_;
  for (auto& row : rows)
    for (std::string& cell : row) cell = style.shown(cell);
  const std::vector<int> measured = widths(rows);
  std::string out;
  for (const auto& row : rows) out += line(row, measured) + '\n';
  return out;
}

}  // namespace davit
