// SPDX-License-Identifier: MIT
// What davit says to a target, in the tongue of its shell: POSIX sh, as remote_text.hpp and its
// like put it, or PowerShell (windows_text.hpp); or in words for people (printing.hpp). What is
// answered is the same in all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ssh/remote_link.hpp"
#include "core/ssh/remote_look.hpp"
#include "core/ssh/remote_receipt.hpp"
#include "core/ssh/remote_text.hpp"
#include "core/ssh/remote_upload.hpp"

namespace davit {

class Tongue {
 public:
  Tongue() = default;
  Tongue(const Tongue&) = delete;
  Tongue& operator=(const Tongue&) = delete;
  virtual ~Tongue() = default;

  // The command that starts a session there: no data is ever part of it.
  virtual std::string session() const = 0;

  // As the functions of these names in remote_text.hpp, …
  virtual std::string opening(const std::string& token, const RemoteFolder&) const = 0;
  virtual std::string beginning(const RemoteTry&) const = 0;
  virtual std::string probe(const std::string& key, const std::string& name) const = 0;
  virtual std::string follow(const std::string& key, const std::string& name,
                             std::size_t from) const = 0;
  virtual std::string unfollow() const = 0;
  virtual std::string send_file(const std::string& key, const std::string& name,
                                const std::string& file) const = 0;
  virtual std::string signal_try(const std::string& key, const std::string& name,
                                 const char* signal) const = 0;
  virtual std::string finish(const std::string& key, const std::string& name) const = 0;
  virtual std::string forget(const std::string& key, const std::string& name) const = 0;
  virtual std::string drop(const std::string& key, const std::string& name) const = 0;
  // … in remote_receipt.hpp, …
  virtual std::string remembering(const RemoteReceipt&, Instant now) const = 0;
  virtual std::string done_there(const RemoteReceipt&, Instant now) const = 0;
  // … in remote_look.hpp, …
  virtual std::string looking(const std::string& place, const std::string& target,
                              const std::vector<Trace>&) const = 0;
  // … in remote_link.hpp, …
  virtual std::string switching(const RemoteSwitch&) const = 0;
  virtual std::string clearing(const std::string& name, const std::string& to,
                               const std::vector<std::string>& siblings) const = 0;
  // … and in remote_upload.hpp.
  virtual std::string receiving_file(const RemoteUpload&, std::int64_t size,
                                     const Digest&) const = 0;
  virtual std::string receiving_tree(const RemoteUpload&, const Parcel&) const = 0;
  virtual std::string receiving_rest(std::int64_t size) const = 0;
  virtual std::string dropping_upload() const = 0;
};

// That of hosts with this shell.
const Tongue& tongue_of(Step::Shell);

}  // namespace davit
