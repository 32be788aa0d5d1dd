// SPDX-License-Identifier: MIT
#include "tests/program/port.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>

namespace program {

namespace {

bool is_free(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(socket >= 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool bound = bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(socket);
  return bound;
}

}  // namespace

int free_port() {
  // Below those that Linux gives to outgoing connections: one of them, to the server itself even,
  // would keep a server from coming back.
  std::random_device random;
  std::uniform_int_distribution<int> ports(10000, 32000);
  int port = ports(random);
  while (!is_free(port)) port = ports(random);
  return port;
}

}  // namespace program
