// SPDX-License-Identifier: MIT
// Makes the ledgers that tests/bench/run measures, and measures appending to one.
//
//   bench_ledger fill REPOSITORY RELEASES NAME...   whole lives, 50 a commit: quick to make
//   bench_ledger commits REPOSITORY COUNT NAME      as real ones: an event a commit
//   bench_ledger append REPOSITORY COUNT NAME       appends, unsynced, then synced; prints a line
//                                                   each: "unsynced MILLISECONDS"
//
// They are made by davit's own append, so that `davit verify` holds. The last commit has one event:
// it is read by every command.
#include "core/ledger/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "tests/bench/life.hpp"

namespace {

using namespace davit;
using bench::life;
using bench::Pinned;

constexpr int kReleasesACommit = 50;

// A minute later each time, from a month ago on.
class TickingClock final : public Clock {
 public:
  Instant now() const override { return now_ += std::chrono::minutes(1); }

 private:
  mutable Instant now_ = system_clock().now() - std::chrono::hours(24 * 30);
};

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(result).value();
  fmt::print(stderr, "bench_ledger: {}\n", result.error().message);
  std::exit(1);
}

class Writer {
 public:
  Writer(const std::string& directory, const std::string& name)
      : repository_(must(Repository::open(directory))), ledger_(repository_, name) {
    const auto path = fmt::format(".davit/definitions/{}.toml", name);
    const auto file = must(repository_.object("HEAD:" + path));
    if (!file) must<Done>(Error{"there is no " + path});
    pinned_.rules = must(repository_.resolve("HEAD")).value_or("");
    pinned_.definition = {path, file->id, pinned_.rules, "main", sha256(file->bytes)};
  }

  void fill(int releases) {
    std::vector<Fact> facts;
    for (int number = 1; number <= releases; ++number) {
      auto one = life(pinned_, number, number == releases, clock_.now());
      std::move(one.begin(), one.end(), std::back_inserter(facts));
      if (number % kReleasesACommit == 0 && number != releases)
        append(std::exchange(facts, {}), false);
    }
    const Fact last = facts.back();
    facts.pop_back();
    append(std::move(facts), false);
    append({last}, false);
  }

  void commits(int count) {
    for (int number = 1; count > 0; ++number)
      for (auto& fact : life(pinned_, number, count <= bench::kFacts, clock_.now()))
        if (count-- > 0) append({std::move(fact)}, false);
  }

  void measure(int count, bool sync) {
    using namespace std::chrono;
    for (int i = 0; i < count; ++i) {
      const auto before = steady_clock::now();
      append({i % 2 == 0 ? Fact{EnvironmentLocked{"dev", "measured", {}}}
                         : Fact{EnvironmentUnlocked{"dev", ""}}},
             sync);
      const duration<double, std::milli> took = steady_clock::now() - before;
      fmt::print("{} {:.3f}\n", sync ? "synced" : "unsynced", took.count());
    }
  }

 private:
  void append(std::vector<Fact> facts, bool sync) {
    const Ledger::Asking alice{{"alice@example.com", "Alice"}, pinned_.rules, {}};
    must(ledger_.append(alice, clock_, {sync},
                        [&](const State&) -> Result<std::vector<Fact>> { return facts; }));
  }

  Repository repository_;
  Ledger ledger_;
  Pinned pinned_;
  TickingClock clock_;
};

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> given(words, words + count);
  if (given.size() < 5) {
    fmt::print(stderr, "usage: bench_ledger fill|commits|append REPOSITORY COUNT NAME...\n");
    return 2;
  }
  const int many = std::atoi(given[3].c_str());
  for (auto name = given.begin() + 4; name != given.end(); ++name) {
    Writer writer(given[2], *name);
    if (given[1] == "fill") writer.fill(many);
    if (given[1] == "commits") writer.commits(many);
    if (given[1] != "append") continue;
    writer.measure(many, false);
    writer.measure(many, true);
  }
  return 0;
}
