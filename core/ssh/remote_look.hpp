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
#pragma once

#include <string>
#include <vector>

#include "core/policy/drift.hpp"

namespace davit {

// Looks at its receipt for the place ("shop/production"), and at each of these.
std::string looking(const std::string& place, const std::string& target,
                    const std::vector<Trace>& traces);

}  // namespace davit
