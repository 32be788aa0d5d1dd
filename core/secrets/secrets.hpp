// SPDX-License-Identifier: MIT
// Secrets: asking for them when a step starts. What hides them in output is mask.hpp.
//
// A value never stands in an argument list, a log, the ledger or an error.
#pragma once

#include <functional>
#include <string>

#include "definitions/result.hpp"
#include "definitions/variable.hpp"

namespace davit {

inline constexpr std::size_t kLargestSecret = 1u << 20;

// env: a variable of davit's own environment; file: a file's content; command: what a shell command
// prints (two minutes at most, or until `give_up` says so). One newline at the end is dropped.
// Relative paths and commands start in `directory`. An error says what could not be had and why, in
// the words of whoever was asked, with the value taken out should it be among them.
Result<std::string> resolve(const SecretSource&, const std::string& directory,
                            const std::function<bool()>& give_up = {});

}  // namespace davit
