// SPDX-License-Identifier: MIT
// A clean checkout of a release's commit, where its run steps start: what was released is what
// runs, whatever the working tree looks like now.
//
// Made with git's own index and filters in a folder of the deployment; the user's index, working
// tree and list of worktrees are not touched.
#pragma once

#include <string>

#include "core/git/repository.hpp"

namespace davit {

// Fills `folder` (made, or completed after a crash) with the files of a commit.
Outcome check_out(Repository&, const std::string& commit, const std::string& folder);

}  // namespace davit
