// SPDX-License-Identifier: MIT
// Whatever goes wrong at whatever moment, a step runs once. Real sshd, real OpenSSH client.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::Site;
using program::Words;

constexpr int kHowMany = 10;
constexpr int kRounds = 10;

std::string many_steps() {
  std::string out;
  for (int i = 1; i <= kHowMany; ++i)
    out += "\n  [[environments.dev.steps]]\n  name = \"Step " + std::to_string(i) +
           "\"\n  run = \"echo began " + std::to_string(i) + " >>did; sleep 0.2; echo ended " +
           std::to_string(i) + " >>did\"\n";
  return out;
}

std::string all_once() {
  std::string out;
  for (int i = 1; i <= kHowMany; ++i)
    out += "began " + std::to_string(i) + "\nended " + std::to_string(i) + "\n";
  return out;
}

TEST_CASE("connections are cut and davit is killed at any moment: every step runs once") {
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  Site site(2, on_targets(many_steps()));
  const Words again{"resume", "web/1", "dev"};
  int status = -1;
  for (int round = 0; round < kRounds && status != 0; ++round) {
    auto running = site.told.start_davit(round == 0 ? Words{"run"} : again);
    const bool cut = random() % 2 == 0, kill = !cut || random() % 2 == 0;
    const auto moment = [&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 900));
    };
    moment();
    if (cut) site.fleet.cut();
    if (cut && kill) moment();
    if (kill) running.kill(SIGKILL);
    status = running.wait().status;
  }
  // Killed before it began, it left nothing to go on with.
  if (status != 0) status = site.told.davit(again).status;
  if (status == 3) status = site.told.davit({"run"}).status;
  CHECK(status == 0);
  for (int host = 1; host <= 2; ++host) CHECK(site.fleet.read(host, "did") == all_once());
}

}  // namespace
