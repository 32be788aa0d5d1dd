// SPDX-License-Identifier: MIT
// A table of text, as a value: rows of cells, columns as wide as their widest cell.
//
//   TextTable table;
//   table.row({"storefront", style.live("✔ 17"), "2m"});
//   desk.out.write(table.render(desk.out.style));
//
// Cells are one line each and may hold colours. Nothing is written behind the last cell of a row.
#pragma once

#include <string>
#include <vector>

#include "cli/style.hpp"

namespace davit {

class TextTable {
 public:
  enum class Align { left, right };

  TextTable& align(std::size_t column, Align);
  TextTable& indent(int columns);
  TextTable& gap(int columns);  // between columns; 2 unless told
  TextTable& row(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  // Each row a line. The style's symbols are put in before widths are measured.
  std::string render(const Style&) const;

 private:
  std::vector<int> widths(const std::vector<std::vector<std::string>>& rows) const;
  std::string line(const std::vector<std::string>& cells, const std::vector<int>& widths) const;

  std::vector<std::vector<std::string>> rows_;
  std::vector<Align> align_;
  int indent_ = 0;
  int gap_ = 2;
};

}  // namespace davit
