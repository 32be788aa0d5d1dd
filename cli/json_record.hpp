// SPDX-License-Identifier: MIT
// What --json prints: one record a command, on one line.
//
//   {"davit":1,"command":"status",…}
//
// "davit" is the version of the records: members may be added under the same number, none is taken
// away or changes what it means. A command that failed adds "error".
#pragma once

#include <string_view>

#include "cli/desk.hpp"
#include "definitions/json.hpp"

namespace davit {

inline constexpr int kRecordVersion = 1;

Json record(std::string_view command);

// On standard output, untouched by locale and colours.
void print(Desk&, const Json& record);

}  // namespace davit
