// SPDX-License-Identifier: MIT
#include "tests/program/relay.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "tests/program/port.hpp"

namespace program {

namespace {

constexpr int kLook = 10;  // milliseconds between two looks at what is asked of it

sockaddr_in place(const std::string& address, int port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<uint16_t>(port));
  ::inet_pton(AF_INET, address.c_str(), &at.sin_addr);
  return at;
}

int a_socket() {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return made;
}

bool readable(int file) {
  pollfd one{file, POLLIN, 0};
  return ::poll(&one, 1, 0) > 0;
}

}  // namespace

Relay::Relay(const std::string& address, const std::string& port)
    : address_(address), port_(port), own_port_(free_port()) {
  listening_ = a_socket();
  const auto at = place(address_, own_port_);
  REQUIRE(::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
  REQUIRE(::listen(listening_, 64) == 0);
  thread_ = std::thread([this] { run(); });
}

Relay::~Relay() {
  over_ = true;
  thread_.join();
  for (const auto& one : connected_) end(one, End::closed);
  ::close(listening_);
}

std::string Relay::ssh_config() const {
  return "Host " + address_ + "\n  Port " + std::to_string(own_port_) + "\n  HostKeyAlias [" +
         address_ + "]:" + port_ + "\n";
}

void Relay::run() {
  while (!over_) {
    std::vector<pollfd> polled{{listening_, POLLIN, 0}};
    if (!stalled_)
      for (const auto& one : connected_)
        polled.insert(polled.end(), {{one.client, POLLIN, 0}, {one.host, POLLIN, 0}});
    ::poll(polled.data(), polled.size(), kLook);
    if (const auto how = end_.exchange(End::none); how != End::none) {
      for (const auto& one : connected_) end(one, how);
      connected_.clear();
    }
    if (readable(listening_)) accept();
    if (stalled_) continue;
    for (auto& one : connected_) serve(one);
    connected_.remove_if([](const Connection& one) { return one.over; });
  }
}

void Relay::accept() {
  const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  ++connections_;
  const int host = a_socket();
  const auto at = place(address_, std::stoi(port_));
  const Connection made{client, host, allowance_.exchange(-1)};
  if (::connect(host, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0)
    connected_.push_back(made);
  else
    end(made, End::reset);
}

void Relay::serve(Connection& one) {
  const bool up = pass(one.client, one.host, one);
  if (up && pass(one.host, one.client, one)) return;
  end(one, one.allowance == 0 ? End::reset : End::closed);
  one.over = true;
}

// Whether the connection goes on.
bool Relay::pass(int from, int to, Connection& one) {
  if (!readable(from)) return true;
  char room[1024];
  auto most = sizeof room;
  const bool counted = from == one.client && one.allowance >= 0;
  if (counted) most = std::min<std::size_t>(most, static_cast<std::size_t>(one.allowance));
  const auto got = ::read(from, room, most);
  if (got <= 0) return false;
  if (pause_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(pause_));
  if (::send(to, room, static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) return false;
  if (from == one.client) sent_ += got;
  if (counted) one.allowance -= got;
  return !counted || one.allowance > 0;
}

void Relay::end(const Connection& one, End how) {
  const linger at_once{1, 0};
  for (const int file : {one.client, one.host}) {
    if (how == End::reset) ::setsockopt(file, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(file);
  }
}

}  // namespace program
