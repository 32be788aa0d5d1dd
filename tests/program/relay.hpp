// SPDX-License-Identifier: MIT
// A piece of the network, on loopback: what connects to its port is passed on to a host's, as long
// as the network is well.
//
//   Relay relay("127.0.1.1", fleet.port());
//   told.write(".davit/ssh_config", relay.ssh_config() + fleet.ssh_config());
//   relay.stall();  // no byte comes through any more, and nobody is told
#pragma once

#include <atomic>
#include <list>
#include <string>
#include <thread>

namespace program {

class Relay {
 public:
  Relay(const std::string& address, const std::string& port);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // So that ssh goes to the host this way, by the host's own key; before what else is said of it.
  std::string ssh_config() const;

  // Until heal(): no byte comes through, on connections there are and on new ones.
  void stall() { stalled_ = true; }
  void heal() { stalled_ = false; }
  // The connections there are end, with a reset or in order; new ones are passed on as before.
  void reset() { end_ = End::reset; }
  void close() { end_ = End::closed; }
  // Every piece of at most a kilobyte takes so long from now on.
  void slow(int milliseconds) { pause_ = milliseconds; }
  // The next connection is reset when so many bytes have come from the client.
  void reset_after(long bytes) { allowance_ = bytes; }
  // How many connections there have been, and how many bytes came from their clients.
  int connections() const { return connections_; }
  long sent() const { return sent_; }

 private:
  enum class End { none, reset, closed };
  struct Connection {
    int client, host;
    long allowance;  // of bytes from the client; negative: no limit
    bool over = false;
  };

  void run();
  void accept();
  void serve(Connection&);
  bool pass(int from, int to, Connection&);
  static void end(const Connection&, End);

  std::string address_, port_;
  int listening_ = -1;
  int own_port_ = 0;
  std::list<Connection> connected_;
  std::atomic<bool> stalled_{false}, over_{false};
  std::atomic<End> end_{End::none};
  std::atomic<int> pause_{0}, connections_{0};
  std::atomic<long> allowance_{-1}, sent_{0};
  std::thread thread_;
};

}  // namespace program
