// SPDX-License-Identifier: MIT
#include "core/ssh/libssh_keys.hpp"

#include "core/files/files.hpp"
#include "core/ssh/libssh.hpp"

namespace davit {

namespace {

// Instead of asking.
int no_passphrase(const char*, char*, std::size_t, int, int, void*) { return -1; }

}  // namespace

LibsshKeys::~LibsshKeys() {
  for (const auto& [file, key] : keys_)
    if (key != nullptr) libssh()->key_free(key);
}

ssh_key LibsshKeys::key(const std::string& file) {
  if (const auto found = keys_.find(file); found != keys_.end()) return found->second;
  ssh_key key = nullptr;
  if (libssh() && is_file(file) &&
      libssh()->import_key(file.c_str(), nullptr, no_passphrase, nullptr, &key) != SSH_OK)
    key = nullptr;
  return keys_[file] = key;
}

}  // namespace davit
