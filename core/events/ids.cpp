// SPDX-License-Identifier: MIT
#include "core/events/ids.hpp"

#include <fmt/format.h>

#include <charconv>

#include "definitions/name.hpp"

namespace davit {

std::string text(const ReleaseId& id) {
  return fmt::format("{}/{}", id.definition, id.number.value);
}

std::optional<ReleaseId> parse_release(std::string_view written) {
  const auto slash = written.find('/');
  if (slash == std::string_view::npos || !is_name(written.substr(0, slash))) return std::nullopt;
  const auto digits = written.substr(slash + 1);
  int number = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stop != end || number < 1 || digits.front() == '0')
    return std::nullopt;
  return ReleaseId{std::string(written.substr(0, slash)), {number}};
}

}  // namespace davit
