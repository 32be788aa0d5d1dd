// SPDX-License-Identifier: MIT
// Private keys for libssh, each read from its file once, whatever the number of hosts.
#pragma once

#include <map>
#include <string>

struct ssh_key_struct;

namespace davit {

class LibsshKeys {
 public:
  LibsshKeys() = default;
  LibsshKeys(const LibsshKeys&) = delete;
  LibsshKeys& operator=(const LibsshKeys&) = delete;
  ~LibsshKeys();

  // Null where the file holds none that can be used without asking for a passphrase.
  ssh_key_struct* key(const std::string& file);

 private:
  std::map<std::string, ssh_key_struct*> keys_;
};

}  // namespace davit
