// SPDX-License-Identifier: MIT
// What is said to a target's shell to find out what it holds. Nothing there is changed. As
// remote_text.hpp says; its answers:
//
//   TOKEN receipt TARGET LINE   the first line of its receipt (remote_receipt.hpp); nothing behind
//                               the name where there is none
//   TOKEN leads N PATH          where the Nth thing, a link, leads to
//   TOKEN sum N HEX             the SHA-256 of the Nth thing, a file
//   TOKEN lacks N               there is none
//   TOKEN looked TARGET         that was all
//
// Of a tree standard output tells (tree_answer.hpp), in words that end with a NUL, since names may
// hold anything else; an empty one is the last:
//
//   dPATH                       of the list; it is not there as it should be
//   hPATH                       it is there
//   w                           it goes on
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/policy/drift.hpp"

namespace davit {

// Looks at its receipt for the place ("shop/production"), and at each of these but trees.
std::string looking(const std::string& place, const std::string& target,
                    const std::vector<Trace>& traces);

// Looks at the Nth thing, a tree of so many bytes: it is said, then its list (remote_tree.hpp),
// then that this was all of it.
std::string looking_into(std::size_t number, const std::string& path, std::int64_t size);
std::string looked_into();

}  // namespace davit
