// SPDX-License-Identifier: MIT
// Where something was written: a file, a line and a column, both from 1; 0 where unknown.
// `revision` is the abbreviated commit the file was read from; empty for a file on disk.
#pragma once

#include <string>

namespace davit {

struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string revision;

  bool known() const { return !file.empty(); }
  bool operator==(const Place&) const = default;
};

// "storefront.toml:31:3", as compilers write it; "storefront.toml:31 @ 4be1c9d" with a revision.
std::string text(const Place&);

}  // namespace davit
