// SPDX-License-Identifier: MIT
// SHA-256 piece by piece, for what is too large for memory: artifacts, logs.
//
//   Digester digester;
//   while (...) digester.add(piece);
//   Digest digest = digester.finish();
#pragma once

#include <memory>
#include <string_view>

#include "core/events/ids.hpp"

struct evp_md_ctx_st;  // libcrypto's

namespace davit {

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
  struct Free {
    void operator()(evp_md_ctx_st*) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace davit
