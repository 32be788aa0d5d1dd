// SPDX-License-Identifier: MIT
#include "core/ssh/tongue.hpp"

#include "core/fleet/windows.hpp"
#include "core/ssh/windows_text.hpp"

namespace davit {

namespace {

class PosixTongue : public Tongue {
 public:
  std::string session() const override { return "exec sh"; }
  std::string opening(const std::string& token, const RemoteFolder& kept) const override {
    return davit::opening(token, kept);
  }
  std::string beginning(const RemoteTry& wanted) const override { return davit::beginning(wanted); }
  std::string probe(const std::string& key, const std::string& name) const override {
    return davit::probe(key, name);
  }
  std::string follow(const std::string& key, const std::string& name,
                     std::size_t from) const override {
    return davit::follow(key, name, from);
  }
  std::string unfollow() const override { return davit::unfollow(); }
  std::string send_file(const std::string& key, const std::string& name,
                        const std::string& file) const override {
    return davit::send_file(key, name, file);
  }
  std::string signal_try(const std::string& key, const std::string& name,
                         const char* signal) const override {
    return davit::signal_try(key, name, signal);
  }
  std::string finish(const std::string& key, const std::string& name) const override {
    return davit::finish(key, name);
  }
  std::string forget(const std::string& key, const std::string& name) const override {
    return davit::forget(key, name);
  }
  std::string drop(const std::string& key, const std::string& name) const override {
    return davit::drop(key, name);
  }
  std::string remembering(const RemoteReceipt& receipt, Instant now) const override {
    return davit::remembering(receipt, now);
  }
  std::string done_there(const RemoteReceipt& receipt, Instant now) const override {
    return davit::done_there(receipt, now);
  }
  std::string looking(const std::string& place, const std::string& target,
                      const std::vector<Trace>& traces) const override {
    return davit::looking(place, target, traces);
  }
  std::string switching(const RemoteSwitch& wanted) const override {
    return davit::switching(wanted);
  }
  std::string clearing(const std::string& name, const std::string& to,
                       const std::vector<std::string>& siblings) const override {
    return davit::clearing(name, to, siblings);
  }
  std::string receiving_file(const RemoteUpload& wanted, std::int64_t size,
                             const Digest& digest) const override {
    return davit::receiving_file(wanted, size, digest);
  }
  std::string receiving_tree(const RemoteUpload& wanted, const Parcel& parcel) const override {
    return davit::receiving_tree(wanted, parcel.size, parcel.list.size + parcel.end.size);
  }
  std::string receiving_rest(std::int64_t size) const override {
    return davit::receiving_rest(size);
  }
  std::string dropping_upload() const override { return davit::dropping_upload(); }
};

}  // namespace

const Tongue& tongue_of(Step::Shell shell) {
  static const PosixTongue posix;
  return is_of_windows(shell) ? windows_tongue(shell) : posix;
}

}  // namespace davit
