// SPDX-License-Identifier: MIT
#include "core/runner/approach.hpp"

namespace davit {

Approach::Approach(Reach reach, std::vector<Host> hosts, std::string ledger)
    : reach_(std::move(reach)),
      hosts_(std::move(hosts)),
      targets_(loop_, reach_, hosts_, std::move(ledger)) {}

void Approach::begin(std::vector<std::string> targets) {
  auto pipe = make_pipe();
  if (!pipe || targets.empty()) return;  // they are reached when they are needed
  arrived_ = *std::move(pipe);
  thread_ = std::thread([this, names = std::move(targets)] {
    bool over = false;
    const auto told = loop_.on_readable(arrived_.read.number(), [&over] { over = true; });
    for (const auto& name : names) targets_.call(name);
    loop_.until([&over] { return over; });
  });
}

void Approach::arrive() {
  if (!thread_.joinable()) return;
  arrived_.write.close();
  thread_.join();
  loop_.breathe();  // so that the pipe may be closed
}

}  // namespace davit
