// SPDX-License-Identifier: MIT
// The names of a repository, as completions offer them.
#include "cli/known_names.hpp"

#include <doctest/doctest.h>

#include "core/state/state.hpp"
#include "tests/commands/workplace.hpp"

namespace davit {

namespace {

std::string words(const std::vector<Candidate>& candidates) {
  std::string all;
  for (const Candidate& candidate : candidates) all += candidate.word + " ";
  return all;
}

// A ledger of which nothing is there but the stored present.
void store(Workplace& place, const State& state) {
  place.write("state.json", encode(state));
  place.git("update-ref refs/davit/ledger/" + state.definition +
            " $(git commit-tree -m x $(printf '100644 blob %s\\tstate.json\\n' "
            "$(git hash-object -w state.json) | git mktree))");
}

struct Shop : Workplace {
  Shop() {
    git("init -q");
    write(".davit/definitions/shop.toml",
          "[environments.dev]\n[environments.staging]\n[environments.production]\n");
    write(".davit/definitions/api.toml", "[environments.test]\n");
    State shop{.definition = "shop", .open = {{12}, {11}, {9}}};
    shop.environments["legacy"] = {.name = "legacy", .stays = {{.release = {7}}}};
    store(*this, shop);
    store(*this, {.definition = "retired", .open = {{1}}});
  }

  KnownNames names() const { return names_of_repository(path("")); }
};

}  // namespace

TEST_CASE("definitions are those written and those with a ledger") {
  const Shop shop;
  CHECK(words(shop.names().definitions()) == "api retired shop ");
}

TEST_CASE("hosts are offered with their targets, from all files of the team") {
  Shop shop;
  shop.write(".davit/team.toml", "[targets.web]\nhosts = [\"me@web1:22\", \"web2\"]\n");
  shop.write(".davit/db.toml", "[targets.db]\nhosts = [\"db1\"]\n");
  CHECK(words(shop.names().hosts()) == "db web db1 web1:22 web2 ");
}

TEST_CASE("releases are the newest of the definition that is meant") {
  const Shop shop;
  CHECK(words(shop.names().releases("")) == "api/ retired/ shop/ ");
  CHECK(words(shop.names().releases("sh")) == "shop/12 shop/11 shop/9 shop/7 ");
  CHECK(words(shop.names().releases("retired/")) == "retired/1 ");
  CHECK(words(shop.names().releases("unknown/")).empty());
}

TEST_CASE("environments are in the order written, then what only the ledger knows") {
  const Shop shop;
  CHECK(words(shop.names().environments("shop")) == "dev staging production legacy ");
  CHECK(words(shop.names().environments("")) == "test dev staging production ");
}

TEST_CASE("a line with -C is completed behind it") {
  Shop shop;
  Workplace elsewhere;
  CHECK(elsewhere.run({"complete", "bash", "--", "-C", shop.path(""), "help", "che"}) ==
        ExitStatus::done);
  CHECK(elsewhere.told() == "check\tfind every mistake in definitions and team files\n");
}

TEST_CASE("where there is nothing, nothing is offered and nothing is said") {
  Workplace place;
  const KnownNames names = names_of_repository(place.path(""));
  CHECK(names.definitions().empty());
  CHECK(names.releases("shop/").empty());
  CHECK(names.environments("shop").empty());
}

}  // namespace davit
