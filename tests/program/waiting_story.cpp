// SPDX-License-Identifier: MIT
// Who it is that something waits for, and what is told to whom.
#include <doctest/doctest.h>

#include "tests/program/told.hpp"

namespace {

using program::says;
using program::Told;

const char* const kApproved = R"(
[environments.zulu]
deploy_on = "release"
steps = [{ run = "echo zulu >> $DID" }]

[environments.alpha]
deploy_on = "success"
needs = ["zulu"]
before = [{ approval = { from = ["bob@example.com", "carol@example.com"], count = 2 } }]
steps = [{ run = "echo alpha >> $DID" }]
)";

TEST_CASE("status and why tell whoever may approve that it waits on them") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  CHECK(says(told.davit({"status"}), "\n1 waits\n"));
  CHECK_FALSE(says(told.davit({"why", "web/1", "alpha"}), "you may give one"));

  told.as("bob@example.com");
  CHECK(says(told.davit({"status"}), "\n1 waits on you\n"));
  CHECK(says(told.davit({"why", "web/1", "alpha"}), "; you may give one"));
  CHECK(says(told.davit({"status", "--json"}), "\"on_you\":true"));

  CHECK(told.davit({"approve", "web/1", "alpha", "--yes"}).status == 0);
  CHECK(says(told.davit({"status"}), "\n1 waits\n"));
  CHECK_FALSE(says(told.davit({"why", "web/1", "alpha"}), "you may give one"));
  CHECK(says(told.as("carol@example.com").davit({"status"}), "\n1 waits on you\n"));
}

TEST_CASE("without an address of one's own nothing waits on one") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  told.as("");
  CHECK(says(told.davit({"status"}), "\n1 waits\n"));
}

TEST_CASE("show lists environments in the order of the pipeline") {
  Told told(kApproved);
  told.davit({"create", "--deploy"});
  for (const char* who : {"bob@example.com", "carol@example.com"})
    told.as(who).davit({"approve", "web/1", "alpha", "--yes"});
  told.davit({"run"});
  const auto shown = told.davit({"show", "web/1"}).out;
  REQUIRE(shown.find("  zulu") != std::string::npos);
  REQUIRE(shown.find("  alpha") != std::string::npos);
  CHECK(shown.find("  zulu") < shown.find("  alpha"));
}

TEST_CASE("run of a definition without a release says how to cut one") {
  Told told(kApproved);
  const auto named = told.davit({"run", "web"});
  CHECK(named.status == 0);
  CHECK(says(named, "nothing to do: web has no release yet; davit create web cuts the first"));
  CHECK(told.davit({"run"}).out == named.out);
}

TEST_CASE("what is written and not committed is to be committed, not begun again") {
  program::Scratch scratch;
  CHECK(says(scratch.davit({"status"}), "davit init, then commit"));
  scratch.davit({"init"});
  CHECK(says(scratch.davit({"status"}), "git add .davit && git commit"));
  scratch.git({"commit", "-q", "--allow-empty", "-m", "empty"});
  CHECK(says(scratch.davit({"status"}), "git add .davit && git commit"));
}

}  // namespace
