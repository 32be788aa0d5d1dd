// SPDX-License-Identifier: MIT
// A tree for a Windows target, as a text by which it takes the tree out of the stream of a parcel.
// Pure.
//
//   OTHERS                       so many bytes come first, and are of no use there
//   d PATH                       a folder, with backslashes
//   f SKIP SIZE PAD SUM PATH     a file: what to pass over, what is its own, and what comes behind
#pragma once

#include <string>

#include "core/artifacts/parcel.hpp"

namespace davit {

std::string windows_list(const Parcel&);

// Why it can't stand on Windows ("it has the symlink current"); empty where it can.
std::string unfit_tree(const Parcel&);

}  // namespace davit
