// SPDX-License-Identifier: MIT
// What `davit check` looks at, and what it finds there.
#pragma once

#include <string>
#include <vector>

#include "cli/desk.hpp"
#include "cli/mistakes.hpp"
#include "core/written/written.hpp"

namespace davit {

struct Checked {
  std::vector<WrittenFile> files;  // that were asked about
  std::vector<Mistake> mistakes;   // in these, by file, line and column

  Sources sources() const;
};

Result<Checked> check_index(Repository&);
Result<Checked> check_commit(Repository&, const std::string& revision);

// Files and folders, seen from the directory; none: its .davit or the one above. A file is checked
// together with the folder it stands in, but only its own mistakes are told.
Result<Checked> check_paths(const std::string& directory, const std::vector<std::string>& paths);

// Standard input, as the file that `name` says it will be.
Result<Checked> check_input(Desk&, const std::string& name);

}  // namespace davit
