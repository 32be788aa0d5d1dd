// SPDX-License-Identifier: MIT
#include "core/events/ids.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
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

Digest sha256(std::string_view bytes) {
  std::array<unsigned char, 32> raw{};
  EVP_Digest(bytes.data(), bytes.size(), raw.data(), nullptr, EVP_sha256(), nullptr);
  return {fmt::format("{:02x}", fmt::join(raw, ""))};
}

}  // namespace davit
