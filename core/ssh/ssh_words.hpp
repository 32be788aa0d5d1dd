// SPDX-License-Identifier: MIT
// What OpenSSH says on its standard error, understood as far as it tells a person what to do. Pure.
//
// By the texts of openssh-portable, the same from 7.4 to 10.0: warn_changed_key() in sshconnect.c;
// ssh_userauth2() and input_userauth_pk_ok() in sshconnect2.c. Where a later ssh says it otherwise,
// nothing is found, and its own last line is what is left.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace davit {

std::string first_line(std::string_view said);
// The last line that says something.
std::string last_line(std::string_view said);

// "REMOTE HOST IDENTIFICATION HAS CHANGED": the key that is offered, and where the trusted one is.
struct ChangedKey {
  std::string kind;         // "ED25519"
  std::string fingerprint;  // of what is offered: "SHA256:…"
  std::string file;         // of what is trusted
  int line = 0;
  bool operator==(const ChangedKey&) const = default;
};
std::optional<ChangedKey> changed_key(std::string_view said);

// With `ssh -v`: how it got in.
struct GotIn {
  std::string method;  // "publickey"; empty: it did not
  std::string key;     // "/home/ann/.ssh/id_ed25519 ED25519 SHA256:… agent"; empty: by no key
  bool operator==(const GotIn&) const = default;
};
GotIn got_in(std::string_view said);

}  // namespace davit
