// SPDX-License-Identifier: MIT
// Addresses (URLs) as far as davit looks into them: what may be shown, and whom they ask.
#pragma once

#include <string>
#include <string_view>

namespace davit {

// The address without what may be secret: no user, password, query or fragment. For messages and
// for the ledger. "https://bob:pw@host/a?token=1" is "https://host/a?…".
std::string shown_address(std::string_view address);

// Scheme, host and port in one form: "https://host:443". Two addresses of one origin are answered
// by the same server. Empty where there is no "://".
std::string origin(std::string_view address);

// "http://", "https://" or "file://" at its beginning, in any case.
bool is_address(std::string_view text);

}  // namespace davit
