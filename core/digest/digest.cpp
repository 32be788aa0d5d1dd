// SPDX-License-Identifier: MIT
#include "core/digest/digest.hpp"

#include <array>

#define OPENSSL_API_COMPAT 10101  // the plain functions
#include <openssl/sha.h>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

template <std::size_t N>
std::string hexadecimal(const std::array<unsigned char, N>& raw) {
  return ascii::in_hexadecimal({reinterpret_cast<const char*>(raw.data()), N});
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digester digester;
  digester.add(bytes);
  return digester.finish();
}

Digester::Digester() : state_(std::make_unique<SHA256_CTX>()) { SHA256_Init(state_.get()); }

Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::add(std::string_view bytes) {
  SHA256_Update(state_.get(), bytes.data(), bytes.size());
}

Digest Digester::finish() {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> raw{};
  SHA256_Final(raw.data(), state_.get());
  SHA256_Init(state_.get());
  return {hexadecimal(raw)};
}

std::string sha1(std::string_view bytes) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> raw{};
  SHA_CTX state;
  SHA1_Init(&state);
  SHA1_Update(&state, bytes.data(), bytes.size());
  SHA1_Final(raw.data(), &state);
  return hexadecimal(raw);
}

}  // namespace davit
