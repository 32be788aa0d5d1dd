// SPDX-License-Identifier: MIT
// A real HTTP server on loopback for tests: one thread, one request a connection.
//
//   LoopbackServer server([](const Asked& asked) { return answer(200, "hello " + asked.path); });
//   ask({.url = server.address() + "/world"});
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace davit {

struct Asked {
  std::string method;
  std::string path;
  std::string headers;  // as they came, a line each
  std::string body;
};

inline std::string answer(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) +
         " So\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         headers + "\r\n" + body;
}

class LoopbackServer {
 public:
  // The handler gives the whole answer, byte by byte; it runs on the server's thread.
  using Handler = std::function<std::string(const Asked&)>;

  explicit LoopbackServer(Handler handler)
      : handler_(std::move(handler)), listening_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof name;
    auto* generic = reinterpret_cast<sockaddr*>(&name);
    if (bind(listening_, generic, length) != 0 || listen(listening_, 64) != 0) std::abort();
    getsockname(listening_, generic, &length);
    port_ = ntohs(name.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer() {
    shutdown(listening_, SHUT_RDWR);
    thread_.join();
    close(listening_);
  }

  int port() const { return port_; }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::vector<Asked> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void serve() {
    for (int peer; (peer = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; close(peer)) {
      const auto asked = read_request(peer);
      {
        const std::lock_guard lock(mutex_);
        asked_.push_back(asked);
      }
      send_all(peer, handler_(asked));
    }
  }

  static Asked read_request(int peer) {
    std::string raw;
    std::size_t head = std::string::npos;
    while (head == std::string::npos && receive(peer, raw)) head = raw.find("\r\n\r\n");
    if (head == std::string::npos) return {};
    Asked asked;
    const auto line = raw.substr(0, raw.find("\r\n"));
    asked.method = line.substr(0, line.find(' '));
    asked.path = line.substr(asked.method.size() + 1, line.rfind(' ') - asked.method.size() - 1);
    asked.headers = raw.substr(line.size() + 2, head - line.size());
    const auto mark = asked.headers.find("Content-Length: ");
    const auto length = mark == std::string::npos
                            ? 0UL
                            : std::strtoul(asked.headers.c_str() + mark + 16, nullptr, 10);
    while (raw.size() < head + 4 + length && receive(peer, raw)) {
    }
    asked.body = raw.substr(head + 4);
    return asked;
  }

  static bool receive(int peer, std::string& into) {
    char buffer[4096];
    const auto got = recv(peer, buffer, sizeof buffer, 0);
    if (got > 0) into.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  static void send_all(int peer, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const auto more = send(peer, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) return;
      sent += static_cast<std::size_t>(more);
    }
  }

  Handler handler_;
  int listening_;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<Asked> asked_;
  std::thread thread_;
};

}  // namespace davit
