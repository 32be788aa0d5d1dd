// SPDX-License-Identifier: MIT
// What is said to a target's shell about trees that come to it, or came (remote_upload.hpp,
// remote_look.hpp): functions, for whoever needs them, and the list of what has to be there.
#pragma once

#include <string>

#include "core/artifacts/parcel.hpp"

namespace davit {

// SHA-256, by what the target has. Where `large` is set openssl comes first: of much it is several
// times as fast as sha256sum.
extern const char* const kRemoteDigests;
// What can be asked of a list; needs kRemoteDigests.
extern const char* const kRemoteTrees;

// What has to come of a tree, as a text for the shell that compares, sets modes and copies by it.
std::string tree_list(const Parcel&);

}  // namespace davit
