// SPDX-License-Identifier: MIT
// Why a connection came to nothing, and what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "core/fleet/host.hpp"

namespace davit {

// By what the system's ssh said of it: its last line; of a host whose key has changed both
// fingerprints, the trusted one read from the file that ssh names. A jump host is told apart from
// the host behind it.
std::string why_lost(std::string_view said);

// Of a host that offers one key while another is trusted. Pure, as is what follows.
std::string has_changed(const std::string& offered, const std::string& trusted,
                        const std::string& whose = "its host key");
// Whether the host is not known, or not the one that is: trying again changes nothing.
bool is_distrusted(const std::string& trouble);
// What to do about a host that can't be reached, by what was said of it; empty: nobody knows.
// `keys_wait`: of Reach.
std::string next_step(const Host&, const std::string& trouble, bool keys_wait = false);

}  // namespace davit
