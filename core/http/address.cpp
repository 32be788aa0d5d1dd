// SPDX-License-Identifier: MIT
#include "core/http/address.hpp"

#include <algorithm>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr auto kNone = std::string_view::npos;

struct Parts {
  std::string_view scheme;  // with its "://", or empty
  std::string_view host;    // with its port
  std::string_view path;
  bool more = false;  // a query or a fragment
};

// A password may hold a slash that nobody escaped; then the "@" stands behind the first slash.
std::size_t end_of_credentials(std::string_view rest) {
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = authority.rfind('@'); at != kNone) return at + 1;
  const auto colon = authority.starts_with('[') ? kNone : authority.rfind(':');
  const bool port = colon == kNone || authority.find_first_not_of("0123456789", colon + 1) == kNone;
  const auto at = rest.rfind('@');
  return port || at == kNone ? 0 : at + 1;
}

Parts address_parts(std::string_view address) {
  Parts parts;
  if (const auto mark = address.find("://"); mark != kNone) {
    parts.scheme = address.substr(0, mark + 3);
    address.remove_prefix(mark + 3);
  }
  address.remove_prefix(end_of_credentials(address));
  const auto host = address.find_first_of("/?#");
  parts.host = address.substr(0, host);
  if (host == kNone) return parts;
  address.remove_prefix(host);
  const auto path = address.find_first_of("?#");
  parts.path = address.substr(0, path);
  parts.more = path != kNone;
  return parts;
}

}  // namespace

std::string shown_address(std::string_view address) {
  const auto parts = address_parts(address);
  std::string out(parts.scheme);
  out.append(parts.host).append(parts.path);
  if (parts.more) out += "?…";
  return out;
}

std::string origin(std::string_view address) {
  const auto parts = address_parts(address);
  if (parts.scheme.empty()) return "";
  auto out = ascii::lowered(parts.scheme) + ascii::lowered(parts.host);
  const auto bracket = parts.host.rfind(']');
  if (parts.host.find(':', bracket == kNone ? 0 : bracket) != kNone) return out;
  if (out.starts_with("https:")) return out + ":443";
  if (out.starts_with("http:")) return out + ":80";
  return out;
}

bool is_address(std::string_view text) {
  const auto start = ascii::lowered(text.substr(0, 8));
  return start.starts_with("http://") || start == "https://" || start.starts_with("file://");
}

}  // namespace davit
