// SPDX-License-Identifier: MIT
// A clean checkout of a release's commit, where its run steps start: what was released is what
// runs, whatever the working tree looks like now.
//
// Made with git's own index and filters in a folder of the deployment; the user's index, working
// tree and list of worktrees are not touched.
//
// Each deployment has its own: steps write to it. Nearly all it costs is the making of files, so a
// copy of an earlier checkout would cost as much; hard links would let one deployment's steps
// change the files of another.
#pragma once

#include <string>

#include "core/git/repository.hpp"

namespace davit {

// Fills `folder` (made, or completed after a crash) with the files of a commit.
Outcome check_out(Repository&, const std::string& commit, const std::string& folder);

}  // namespace davit
