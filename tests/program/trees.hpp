// SPDX-License-Identifier: MIT
// Archives that are unpacked on targets.
#pragma once

#include <string>

#include "tests/program/site.hpp"
#include "tests/world/tarball.hpp"

namespace program {

// A definition whose environment dev has one step, "Bring", which unpacks the artifact app there.
std::string unpacking(const std::string& to, const std::string& artifact = "file = \"app.tar\"");

// Cuts a release with this archive as its artifact.
void release_tree(Site&, const davit::Tarball&);

// Files of many kinds and names; one of them says `text`.
davit::Tarball odd_tree(const std::string& text);

}  // namespace program
