// SPDX-License-Identifier: MIT
// Where ssh finds the connection to a host that it keeps: the ControlPath, with its tokens filled
// in.
#pragma once

#include <optional>
#include <string>

#include "core/ssh/host_settings.hpp"

namespace davit {

// As ssh would for a host of these settings (ssh_config(5), TOKENS); nothing where it asks for more
// than is known here.
std::optional<std::string> control_path(const std::string& pattern, const HostSettings&);

}  // namespace davit
