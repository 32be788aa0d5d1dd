// SPDX-License-Identifier: MIT
// --limit and --exclude: some of the targets, from the plan to what the ledger says afterwards.
#include <doctest/doctest.h>

#include "tests/program/fleet.hpp"
#include "tests/program/told.hpp"

namespace {

using program::Fleet;
using program::says;
using program::Spoken;
using program::Told;

const char* const kThree = R"([environments.dev]
targets = "web"
  [[environments.dev.steps]]
  name = "Tell"
  run = "echo told >>did; test ! -e bad"

[environments.next]
needs = ["dev"]
deploy_on = "success"
steps = [{ run = "true" }]
)";

struct Some {
  Told told;
  Fleet fleet;
  explicit Some(const std::string& definition = kThree) : told(definition), fleet(3) {
    told.write(".davit/team.toml", fleet.team());
    told.write(".davit/ssh_config", fleet.ssh_config());
    told.commit("targets");
    told.davit({"create"});
  }
  // How many of the three a step was done on.
  std::string done() const {
    std::string out;
    for (int host = 1; host <= 3; ++host)
      if (!fleet.read(host, "did").empty()) out += std::to_string(host);
    return out;
  }
};

TEST_CASE("a trial on one target is planned, done, recorded and told as a part") {
  Some some;
  const Spoken plan = some.told.davit({"plan", "web/1", "dev", "--limit", "127.0.1.2"});
  CHECK(says(plan, "targets  127.0.1.2   limited to 127.0.1.2 (1 of 3 targets)"));
  const Spoken trial = some.told.davit({"deploy", "web/1", "dev", "--limit", "127.0.1.2"});
  CHECK_MESSAGE(trial.status == 0, trial.err);
  CHECK(says(trial, "limited to 127.0.1.2 (1 of 3 targets)"));
  CHECK(some.done() == "2");
  CHECK(says(some.told.davit({"status"}), "✔ 1 in part"));
  CHECK(says(some.told.davit({"show", "web/1"}), "limited to 127.0.1.2 (1 of 3 targets)"));
  const auto history = some.told.davit({"history"});
  CHECK(says(history, "started web/1 → dev, limited to 127.0.1.2 (1 of 3 targets)"));
  CHECK(says(history, "deployed web/1 to part of dev"));
  CHECK(says(some.told.davit({"history", "--json"}),
             R"("narrowing":{"limit":["127.0.1.2"]},"targets":1,"of":3)"));
  CHECK(some.told.davit({"verify"}).status == 0);
  // It opens no way to what needs all of it.
  some.told.davit({"run"});
  CHECK_FALSE(says(some.told.davit({"status"}), "✔ 1   "));

  const Spoken rest = some.told.davit({"deploy", "web/1", "dev"});
  CHECK_MESSAGE(rest.status == 0, rest.err);
  CHECK(some.done() == "123");
  CHECK_FALSE(says(some.told.davit({"status"}), "in part"));
}

TEST_CASE("trials on one target after the other make a whole of it") {
  Some some;
  const auto deploy = [&](const std::string& target) {
    const Spoken run = some.told.davit({"deploy", "web/1", "dev", "--limit", target});
    CHECK_MESSAGE(run.status == 0, run.err);
    return some.told.davit({"status"});
  };
  CHECK(says(deploy("127.0.1.2"), "✔ 1 in part"));
  CHECK(says(deploy("127.0.1.1"), "✔ 1 in part"));
  CHECK_FALSE(says(deploy("127.0.1.3"), "in part"));
  CHECK(some.done() == "123");
  CHECK(some.told.davit({"run"}).status == 0);
  CHECK(some.told.davit({"verify"}).status == 0);
  CHECK_FALSE(says(some.told.davit({"why", "web/1", "next"}), "in part"));
}

TEST_CASE("what was started on some targets goes on there alone") {
  Some some(R"([environments.dev]
targets = "web"
  [[environments.dev.steps]]
  manual = "look"
  [[environments.dev.steps]]
  name = "Tell"
  run = "echo told >>did"
)");
  CHECK(some.told.davit({"deploy", "web/1", "dev", "--exclude", "127.0.1.1"}).status == 4);
  const Spoken resumed = some.told.davit({"resume", "dev"});
  CHECK_MESSAGE(resumed.status == 0, resumed.err);
  CHECK(some.done() == "23");
}

TEST_CASE("what is asked for on some targets is approved and run there, and nowhere else") {
  Some some(std::string(kThree) +
            "[[environments.dev.before]]\napproval = { from = [\"group:team\"] }\n");
  CHECK(some.told.davit({"deploy", "web/1", "dev", "--limit", "127.0.1.3"}).status == 4);
  const Spoken other = some.told.davit({"deploy", "web/1", "dev", "--limit", "127.0.1.1"});
  CHECK(other.status == 3);
  CHECK(says(other, "limited to 127.0.1.3"));
  CHECK(some.told.davit({"approve", "web/1", "dev", "--yes"}).status == 0);
  const Spoken run = some.told.davit({"run"});
  CHECK_MESSAGE(run.err.find("failed") == std::string::npos, run.err);
  CHECK(some.done() == "3");
}

TEST_CASE("words that mean nobody are refused with the names there are, and nothing is begun") {
  Some some;
  const Spoken unknown = some.told.davit({"deploy", "web/1", "dev", "--limit", "elephant"});
  CHECK(unknown.status == 2);
  CHECK(says(unknown, "'elephant' is none of the 3 hosts here"));
  CHECK(says(unknown, "there are: web, 127.0.1.1, 127.0.1.2, 127.0.1.3"));
  CHECK(some.told.davit({"deploy", "web/1", "dev", "--exclude", "web"}).status == 2);
  CHECK(some.told.davit({"plan", "web/1", "next", "--limit", "web"}).status == 2);
  CHECK(some.done().empty());
  CHECK_FALSE(says(some.told.davit({"history"}), "started"));
}

TEST_CASE("a plan for some targets is not deployed to others") {
  Some some;
  const std::string only = "127.0.1.2";
  CHECK(some.told.davit({"plan", "web/1", "dev", "--limit", only, "-o", "plan.json"}).status == 0);
  const Spoken all = some.told.davit({"deploy", "--plan", "plan.json", "web/1", "dev"});
  CHECK(all.status == 3);
  CHECK(says(all, "is for other targets"));
  CHECK(some.done().empty());
  CHECK(
      some.told.davit({"deploy", "--plan", "plan.json", "web/1", "dev", "--limit", only}).status ==
      0);
  CHECK(some.done() == "2");
}

TEST_CASE("what was in part before a deployment that fails is in part when that is taken back") {
  Some some(R"([environments.dev]
targets = "web"
on_failure = "rollback"
rollout = { batches = ["1"] }
steps = [{ run = "echo $DAVIT_RELEASE_NUMBER >>did; test $DAVIT_RELEASE_NUMBER != 2" }]
)");
  CHECK(some.told.davit({"deploy", "web/1", "dev", "--limit", "127.0.1.1"}).status == 0);
  some.told.davit({"create"});
  CHECK(some.told.davit({"deploy", "web/2", "dev"}).status == 6);
  CHECK(some.done() == "1");
  CHECK(says(some.told.davit({"status"}), "✔ 1 in part"));
  // Where it came to all of them before it failed, all of them have what was in part.
  some.told.write(".davit/definitions/web.toml", R"([environments.dev]
targets = "web"
on_failure = "rollback"
steps = [{ run = "echo $DAVIT_RELEASE_NUMBER >>did; test $DAVIT_RELEASE_NUMBER != 3" }]
)");
  some.told.commit("all at once");
  some.told.davit({"create"});
  CHECK(some.told.davit({"deploy", "web/3", "dev"}).status == 6);
  CHECK(some.done() == "123");
  CHECK_FALSE(says(some.told.davit({"status"}), "in part"));
}

TEST_CASE("a trial that fails is rolled back where it was, and the rest is whole still") {
  Some some(R"([environments.dev]
targets = "web"
on_failure = "rollback"
steps = [{ run = "echo $DAVIT_RELEASE_NUMBER >>did; test $DAVIT_RELEASE_NUMBER != 2" }]
)");
  CHECK(some.told.davit({"deploy", "web/1", "dev"}).status == 0);
  some.told.davit({"create"});
  const Spoken trial = some.told.davit({"deploy", "web/2", "dev", "--limit", "127.0.1.3"});
  CHECK_MESSAGE(trial.status == 6, trial.err);
  CHECK(some.fleet.read(3, "did") == "1\n2\n1\n");
  CHECK(some.fleet.read(1, "did") == "1\n");
  CHECK(says(some.told.davit({"status"}), "✔ 1"));
  CHECK_FALSE(says(some.told.davit({"status"}), "in part"));
}

}  // namespace
