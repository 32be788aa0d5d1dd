// SPDX-License-Identifier: MIT
// What people call an artifact's version, from the name of its file. Pure.
#pragma once

#include <string>
#include <string_view>

namespace davit {

// The part of the name that the pattern leaves open: of "storefront-*.tar.gz" and
// "storefront-1.8.3.tar.gz" it is "1.8.3". The whole name where the pattern leaves nothing open or
// does not fit. Only what stands behind the last slash counts, of both.
std::string version_of(std::string_view pattern, std::string_view path);

}  // namespace davit
