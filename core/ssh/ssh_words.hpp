// SPDX-License-Identifier: MIT
// What OpenSSH says on its standard error, understood as far as it tells a person what to do. Pure.
//
// By the texts of openssh-portable, the same from 7.4 to 10.0: warn_changed_key() in sshconnect.c;
// check_host_key() there; ssh_userauth2() and input_userauth_pk_ok() in sshconnect2.c;
// kex_exchange_identification() in kex.c. Where a later ssh says it otherwise,
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
  std::string host;  // whose it is, as that file calls it: "[web1]:2222"
  bool operator==(const ChangedKey&) const = default;
};
std::optional<ChangedKey> changed_key(std::string_view said);

// A jump host of which no key is known; empty: ssh did not name it.
std::string unknown_host(std::string_view said);
// Whether a key was refused that is not the host's own, but one's on the way there: by the ssh that
// goes to that one, behind which ours says that it lost its connection.
bool was_refused_on_the_way(std::string_view said);

// With `ssh -v`: how it got in.
struct GotIn {
  std::string method;  // "publickey"; empty: it did not
  std::string key;     // "/home/ann/.ssh/id_ed25519 ED25519 SHA256:… agent"; empty: by no key
  bool operator==(const GotIn&) const = default;
};
GotIn got_in(std::string_view said);

}  // namespace davit
