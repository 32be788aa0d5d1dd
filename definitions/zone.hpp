// SPDX-License-Identifier: MIT
// Time zones by their IANA names. The one door to the machine's time zone database.
#pragma once

#include <string_view>

namespace davit {

// Whether "Europe/Berlin" exists. Looks for that zone's file alone: loading the whole database, as
// the date library does, takes longer than everything else a definition needs.
bool zone_exists(std::string_view name);

}  // namespace davit
