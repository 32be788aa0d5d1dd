// SPDX-License-Identifier: MIT
// What makes a text a share, a host, a person …: the small grammars behind the forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "definitions/step.hpp"
#include "definitions/variable.hpp"

namespace davit {

bool is_line(std::string_view);  // not empty, no line break or other control character
bool is_glob(std::string_view);  // not empty, every [ closed
// Inside the repository: relative, no "..", no empty part; "." is all of it.
bool is_inner_path(std::string_view);
bool is_web_address(std::string_view);   // http:// or https://, with a host, no space
bool is_sha256(std::string_view);        // 64 hexadecimal digits, either case
bool is_person(std::string_view);        // an e-mail address, or a pattern of them
bool is_principal(std::string_view);     // a person, or "group:NAME"
bool is_user(std::string_view);          // of a host; no leading '-'
bool is_json_pointer(std::string_view);  // RFC 6901

// [user@]host[:port]; IPv6 in brackets; no leading '-', nothing a shell or ssh would take for more.
struct HostText {
  std::string user;  // empty where none is written
  std::string name;  // without brackets
  int port = 0;      // 0 where none is written
};
std::optional<HostText> parse_host(std::string_view);

std::optional<Share> parse_share(std::string_view);          // "1", "25%"
std::optional<SecretSource> parse_secret(std::string_view);  // "env:NAME" …

// As it may stand in a message: one line, without control characters, not endless.
std::string shown(std::string_view);

}  // namespace davit
