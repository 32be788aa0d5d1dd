// SPDX-License-Identifier: MIT
// Why a connection came to nothing, by what the system's ssh said of it.
#pragma once

#include <string>
#include <string_view>

namespace davit {

// Its last line; of a host whose key has changed both fingerprints, the trusted one read from the
// file that ssh names.
std::string why_lost(std::string_view said);

}  // namespace davit
