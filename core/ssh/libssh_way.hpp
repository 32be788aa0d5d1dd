// SPDX-License-Identifier: MIT
// The way through libssh, in this process: a tenth of what a program of its own for each host
// costs. libssh is opened when it is first needed.
//
// It reads no configuration: who calls has asked ssh (host_settings.hpp) and knows that nothing is
// wanted that libssh can't do (transport.hpp). Host keys are strict.
//
//   dialing ─> shaking hands ─> proving who we are ─> opening ─> asking for the shell ─> open ─>
//   over
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/runner/loop.hpp"
#include "core/ssh/dialing.hpp"
#include "core/ssh/libssh_keys.hpp"
#include "core/ssh/way.hpp"

struct ssh_session_struct;
struct ssh_channel_struct;

namespace davit {

// The agent that $SSH_AUTH_SOCK names, which libssh looks up by itself.
inline constexpr const char* kUsualAgent = "SSH_AUTH_SOCK";

// Where to and how.
struct LibsshRoute {
  std::string address, user;
  int port = 22;
  std::string command;                   // what is started there
  std::vector<std::string> known_hosts;  // files that are there; at most two
  std::vector<std::string> identities;   // files with usable keys, tried in this order
  std::string agent;                     // its socket, asked before them; kUsualAgent; empty: none
  std::map<std::string, std::string> algorithms;  // ssh's keyword: its list; only what was chosen
  Duration connect_timeout{};
  Duration alive_interval{};  // silence after which the other side is asked to answer
  int alive_count = 0;        // so often, then it is gone
};

// Whether it is installed; an error says what the loader said.
Outcome libssh_is_there();

class LibsshWay : public Way {
 public:
  // `refused` is called before the end when the other side was there and the two could not agree
  // (keys, algorithms): another transport may.
  LibsshWay(Loop&, LibsshRoute, std::shared_ptr<LibsshKeys>, std::function<void()> refused);
  ~LibsshWay() override;

  void open(Ends) override;
  void write(std::string_view& from) override;
  std::string key() const override;

 private:
  enum class Stage { dialing, shaking, proving, opening, asking, open, over };

  void connected(Result<Descriptor>);
  bool set_up();
  void turn();
  void turn_soon();
  int advance();
  int shake();
  int prove();
  int prove_by_agent();
  bool is_hung_up() const;
  std::string distrust() const;
  std::string offered() const;
  std::string trusted() const;
  int take_what_came();
  bool read_stream(bool errors);
  void watch();
  void stay_alive();
  void fail(const std::string& why);
  void end(const std::string& why);

  Loop& loop_;
  LibsshRoute route_;
  std::shared_ptr<LibsshKeys> keys_;
  std::function<void()> refused_;
  Ends ends_;
  Stage stage_ = Stage::dialing;
  std::unique_ptr<Dialing> dialing_;
  ssh_session_struct* session_ = nullptr;
  ssh_channel_struct* channel_ = nullptr;
  Descriptor fresh_;  // until the session takes it
  int socket_ = -1;   // the session's
  std::size_t identity_ = 0;
  bool wants_room_ = false, watches_both_ = false, heard_ = false;
  int silent_ = 0;  // intervals without a byte
  std::string trouble_;
  Loop::Watch watch_, timer_, soon_;
};

}  // namespace davit
