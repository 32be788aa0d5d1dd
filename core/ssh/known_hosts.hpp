// SPDX-License-Identifier: MIT
// A file of host keys: whose key is whose. Pure: the text in, the text out.
//
// By sshd(8), SSH_KNOWN_HOSTS FILE FORMAT: names or patterns, a kind of key, the key in base64, on
// a line. A name may be hashed, so that the file does not tell which hosts there are:
// |1|SALT|HASH, an HMAC-SHA1 of the name. A host on a port of its own is called [web1]:2222.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace davit {

struct KnownKey {
  std::string marker;  // "@revoked", "@cert-authority"; mostly empty
  std::string names;
  std::string kind;  // "ssh-ed25519"
  std::string key;   // base64
  bool is_same(const KnownKey& other) const { return kind == other.kind && key == other.key; }
  bool operator==(const KnownKey&) const = default;
};

// Nothing where the line holds none.
std::optional<KnownKey> known_key(std::string_view line);
// The line that holds it, without a line break.
std::string text(const KnownKey&);

// What the file says of a host, hashed or not; patterns are understood, also with '!'.
std::vector<KnownKey> keys_of(std::string_view file, const std::string& name);

// "SHA256:… (ED25519)", as ssh-keygen -l shows it.
std::string fingerprint(const KnownKey&);

// How the file calls a host: [web1]:2222, but web1 at port 22.
std::string name_in_file(const std::string& host, int port);
// |1|SALT|HASH; `salt` is 20 random bytes.
std::string hashed(const std::string& name, const std::string& salt);

}  // namespace davit
