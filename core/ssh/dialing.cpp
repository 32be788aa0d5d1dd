// SPDX-License-Identifier: MIT
#include "core/ssh/dialing.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace davit {

struct Dialing::Addresses {
  std::string name, port;
  struct addrinfo* found = nullptr;
  int status = 0;
  std::vector<const struct addrinfo*> all;
  Dialing* whose = nullptr;  // null when nobody waits any more

  ~Addresses() {
    if (found != nullptr) ::freeaddrinfo(found);
  }
  // With AI_NUMERICHOST nobody is asked, and only an address is found.
  void look_up(int flags) {
    struct addrinfo wanted {};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = flags;
    status = ::getaddrinfo(name.c_str(), port.c_str(), &wanted, &found);
    for (const auto* at = found; at != nullptr; at = at->ai_next) all.push_back(at);
  }
};

Dialing::Dialing(Loop& loop, std::string name, int port,
                 std::function<void(Result<Descriptor>)> done)
    : loop_(loop), addresses_(std::make_shared<Addresses>()), done_(std::move(done)) {
  addresses_->name = std::move(name);
  addresses_->port = std::to_string(port);
  addresses_->whose = this;
  addresses_->look_up(AI_NUMERICHOST);
  if (addresses_->status == 0) {
    watch_ = loop_.after(Duration{0}, [this] { next(); });
    return;
  }
  loop_.aside([ours = addresses_] { ours->look_up(0); },
              [ours = addresses_] {
                if (ours->whose != nullptr) ours->whose->next();
              });
}

Dialing::~Dialing() { addresses_->whose = nullptr; }

void Dialing::next() {
  watch_.reset();
  while (at_ < addresses_->all.size()) {
    const auto* address = addresses_->all[at_++];
    socket_ = Descriptor(
        ::socket(address->ai_family, address->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int one = 1;
    ::setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (::connect(socket_.number(), address->ai_addr, address->ai_addrlen) != 0 &&
        errno != EINPROGRESS) {
      trouble_ = std::strerror(errno);
      continue;
    }
    watch_ = loop_.on_writable(socket_.number(), [this] { connected(); });
    return;
  }
  if (addresses_->status != 0) trouble_ = ::gai_strerror(addresses_->status);
  done_(Error{fmt::format("can't connect to {} port {}: {}", addresses_->name, addresses_->port,
                          trouble_)});
}

void Dialing::connected() {
  int status = 0;
  socklen_t size = sizeof status;
  ::getsockopt(socket_.number(), SOL_SOCKET, SO_ERROR, &status, &size);
  if (status != 0) {
    trouble_ = std::strerror(status);
    return next();
  }
  watch_.reset();
  done_(std::move(socket_));
}

}  // namespace davit
