// SPDX-License-Identifier: MIT
// Digests: what tells bytes from other bytes. The one door to libcrypto.
//
//   Digester digester;
//   while (...) digester.add(piece);
//   Digest digest = digester.finish();
//
// Only libcrypto's plain functions are used, and linked into davit: to load the library and have it
// set itself up costs 2 ms a process, more than all else that `davit --version` does.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>

struct SHA256state_st;  // libcrypto's

namespace davit {

// SHA-256, 64 lower-case hex digits.
struct Digest {
  std::string hex;
  bool empty() const { return hex.empty(); }
  std::string abbreviated() const { return hex.substr(0, 8); }
  auto operator<=>(const Digest&) const = default;
};

// SHA-256 of bytes in memory.
Digest sha256(std::string_view bytes);

// SHA-256 piece by piece, for what is too large for memory: artifacts, logs.
class Digester {
 public:
  Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  ~Digester();

  void add(std::string_view bytes);
  // The digest of all that was added; the digester then begins anew, with nothing.
  Digest finish();

 private:
  std::unique_ptr<SHA256state_st> state_;
};

// SHA-1, 40 lower-case hex digits: git's name for an object. Proves nothing.
std::string sha1(std::string_view bytes);

}  // namespace davit
