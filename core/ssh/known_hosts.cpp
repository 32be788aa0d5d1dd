// SPDX-License-Identifier: MIT
#include "core/ssh/known_hosts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/digest/base64.hpp"
#include "core/digest/digest.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

// The next word of a line, taken off it.
std::string next_word(std::string_view& line) {
  const auto begin = std::min(line.find_first_not_of(" \t\r"), line.size());
  line.remove_prefix(begin);
  const auto end = std::min(line.find_first_of(" \t\r"), line.size());
  std::string word(line.substr(0, end));
  line.remove_prefix(end);
  return word;
}

std::string bytes_of(const std::string& hexadecimal) {
  std::string out;
  for (std::size_t at = 0; at + 1 < hexadecimal.size(); at += 2)
    out += static_cast<char>(std::stoi(hexadecimal.substr(at, 2), nullptr, 16));
  return out;
}

// RFC 2104, with SHA-1.
std::string hmac(std::string key, const std::string& text) {
  key.resize(64, '\0');
  std::string inner, outer;
  for (const char byte : key) {
    inner += static_cast<char>(byte ^ '\x36');
    outer += static_cast<char>(byte ^ '\x5c');
  }
  return bytes_of(sha1(outer + bytes_of(sha1(inner + text))));
}

// With * and ?, which are all that these patterns have. Goes back to the last * only.
bool fits(std::string_view pattern, std::string_view name) {
  std::size_t at = 0, in = 0, star = std::string_view::npos, behind = 0;
  while (in < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      behind = in;
    } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[in])) {
      ++at;
      ++in;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in = ++behind;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

// Whether |1|SALT|HASH is this name.
bool is_hash_of(const std::string& names, const std::string& name) {
  const auto bar = names.find('|', 3);
  const auto salt = from_base64(names.substr(3, bar == std::string::npos ? bar : bar - 3));
  return bar != std::string::npos && salt && hashed(name, *salt) == names;
}

bool is_for(const KnownKey& key, const std::string& name) {
  if (key.names.starts_with("|1|")) return is_hash_of(key.names, name);
  bool found = false;
  std::string_view rest = key.names;
  while (!rest.empty()) {
    auto pattern = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(pattern.size() + 1, rest.size()));
    const bool not_these = pattern.starts_with('!');
    if (not_these) pattern.remove_prefix(1);
    if (!fits(ascii::lowered(std::string(pattern)), name)) continue;
    if (not_these) return false;
    found = true;
  }
  return found;
}

// "ED25519" of "ssh-ed25519".
std::string short_kind(const std::string& kind) {
  static const std::map<std::string, std::string> kShort{
      {"ssh-ed25519", "ED25519"},
      {"ssh-rsa", "RSA"},
      {"ssh-dss", "DSA"},
      {"sk-ssh-ed25519@openssh.com", "ED25519-SK"},
      {"sk-ecdsa-sha2-nistp256@openssh.com", "ECDSA-SK"}};
  const auto found = kShort.find(kind);
  if (found != kShort.end()) return found->second;
  return kind.starts_with("ecdsa-sha2-") ? "ECDSA" : kind;
}

}  // namespace

std::optional<KnownKey> known_key(std::string_view line) {
  KnownKey out{.names = next_word(line)};
  if (out.names.empty() || out.names.front() == '#') return std::nullopt;
  if (out.names.front() == '@') {
    out.marker = out.names;
    out.names = next_word(line);
  }
  out.kind = next_word(line);
  out.key = next_word(line);
  if (out.key.empty() || !from_base64(out.key)) return std::nullopt;
  return out;
}

std::string text(const KnownKey& key) {
  return fmt::format("{}{}{} {} {}", key.marker, key.marker.empty() ? "" : " ", key.names, key.kind,
                     key.key);
}

std::vector<KnownKey> keys_of(std::string_view file, const std::string& name) {
  std::vector<KnownKey> out;
  const auto wanted = ascii::lowered(name);
  while (!file.empty()) {
    const auto line = file.substr(0, file.find('\n'));
    file.remove_prefix(std::min(line.size() + 1, file.size()));
    auto key = known_key(line);
    if (key && is_for(*key, wanted)) out.push_back(*std::move(key));
  }
  return out;
}

std::string fingerprint(const KnownKey& key) {
  auto print = base64(bytes_of(sha256(from_base64(key.key).value_or("")).hex));
  print.erase(print.find_last_not_of('=') + 1);
  return fmt::format("SHA256:{} ({})", print, short_kind(key.kind));
}

std::string name_in_file(const std::string& host, int port) {
  return port == 22 || port == 0 ? host : fmt::format("[{}]:{}", host, port);
}

std::string hashed(const std::string& name, const std::string& salt) {
  return fmt::format("|1|{}|{}", base64(salt), base64(hmac(salt, ascii::lowered(name))));
}

}  // namespace davit
