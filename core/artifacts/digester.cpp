// SPDX-License-Identifier: MIT
#include "core/artifacts/digester.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <new>

namespace davit {

void Digester::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Digester::Digester() : context_(EVP_MD_CTX_new()) {
  if (!context_) throw std::bad_alloc();
  EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
}

Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

Digest Digester::finish() {
  std::array<unsigned char, 32> raw{};
  EVP_DigestFinal_ex(context_.get(), raw.data(), nullptr);
  EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  return {fmt::format("{:02x}", fmt::join(raw, ""))};
}

}  // namespace davit
