// SPDX-License-Identifier: MIT
// A POST may not be done twice, and nobody can tell what became of one that was under way.
#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <future>
#include <thread>

#include "tests/program/told.hpp"
#include "tests/world/loopback_server.hpp"

namespace {

using program::says;
using program::Spoken;
using program::Told;

TEST_CASE("killed while a POST is under way: it is uncertain, and not posted again unasked") {
  std::promise<void> go;
  const auto going = go.get_future().share();
  const davit::LoopbackServer server([going](const davit::Asked&) {
    going.wait();
    return davit::answer(200, "done");
  });
  Told told(
      "[environments.dev]\ndeploy_on = \"release\"\n[[environments.dev.steps]]\nname = \"Post\"\n"
      "http = \"" +
      server.address() + "\"\nmethod = \"POST\"\n");
  told.davit({"create"});
  const auto running = told.start_davit({"run"});
  while (server.asked().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  running.kill(SIGKILL);
  CHECK(program::wait_for_end(running.pid(), 10'000));
  go.set_value();

  const Spoken resumed = told.davit({"resume", "web/1", "dev"});
  CHECK_MESSAGE(resumed.status == 8, resumed.out << resumed.err);
  CHECK(says(resumed, "uncertain: Post"));
  CHECK(server.asked().size() == 1);
  const Spoken yes = told.davit({"resume", "web/1", "dev", "--yes"});
  CHECK_MESSAGE(yes.status == 0, yes.out << yes.err);
  CHECK(server.asked().size() == 2);
}

}  // namespace
