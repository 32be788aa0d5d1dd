// SPDX-License-Identifier: MIT
// The way over a connection that an ssh of this user keeps (ControlMaster): it is asked for one
// more session there, as another ssh would ask it, without a program for each host.
//
// What the two say: PROTOCOL.mux of OpenSSH, version 4, "passenger mode". Who keeps the connection
// has proven who it is to the host, and the host to it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ssh/piped_way.hpp"
#include "definitions/result.hpp"

namespace davit {

// Greets, and asks for a session in which `command` runs. Pure.
std::string asking_for_session(const std::string& command);

// What comes back. Pure.
class KeptAnswers {
 public:
  // Takes bytes in. False where they are no answers to us.
  bool hear(std::string_view bytes);

  bool opened = false;
  std::string refused;  // why there is no session
 private:
  bool hear_one(std::string_view message);
  std::string unheard_;
};

class KeptWay : public PipedWay {
 public:
  // `command` is what runs on the host. Null where nobody keeps a connection there; an error where
  // somebody seems to, and can't be asked: ssh would wait for them, or fail. `refused` is called
  // before the end when no session could be had. In both cases a connection of its own may do.
  static Result<std::unique_ptr<Way>> make(Loop&, const std::string& socket,
                                           const std::string& command,
                                           std::function<void()> refused);

  void open(Ends) override;

 private:
  KeptWay(Loop& loop, Streams streams, Descriptor socket, std::function<void()> refused)
      : PipedWay(loop, std::move(streams)),
        socket_(std::move(socket)),
        refused_(std::move(refused)) {}

  std::string why() override;
  void listen();

  Descriptor socket_;
  std::function<void()> refused_;
  KeptAnswers answers_;
  Loop::Watch watch_, late_;
};

}  // namespace davit
