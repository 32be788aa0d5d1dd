// SPDX-License-Identifier: MIT
// The laws of the fold, on stories that nobody would tell.
#include <doctest/doctest.h>

#include <random>

#include "tests/policy/story.hpp"

using namespace davit;
using namespace davit::story;

namespace {

// Facts that fit now and then: few releases, environments and numbers, so that they meet.
class Storyteller {
 public:
  explicit Storyteller(unsigned seed) : random_(seed) {}

  Line next(const State& state) {
    Line line = fact(state);
    line.by = one_in(2) ? "alice@example.com" : "bob@example.com";
    return line;
  }

 private:
  int upto(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  bool one_in(int many) { return upto(many - 1) == 0; }

  // About the release and place that would be right; sometimes about any.
  DeploymentId somewhere(const State& state) {
    const std::string name = one_in(2) ? "dev" : "production";
    const auto& current = state.environment(name).current;
    if (current && !one_in(3)) return *current;
    const ReleaseNumber number{1 + upto(state.last_release.value)};
    const auto* release = state.release(number);
    const int next = release == nullptr ? 1 : release->next_attempt(name);
    return {number, name, one_in(8) ? upto(3) : next - (one_in(3) ? 1 : 0)};
  }
  int fence(const State& state, const DeploymentId& id, int ahead) {
    return state.environment(id.environment).fence + (one_in(10) ? upto(3) - 1 : ahead);
  }

  Line fact(const State& state) {
    const auto id = somewhere(state);
    const int number = id.release.value;
    const auto& where = id.environment;
    switch (upto(16)) {
      case 0:
        return one_in(4) ? drafted(number) : cut(state.last_release.value + 1);
      case 1:
        return ReleaseStarted{id.release};
      case 2:
        return one_in(4) ? Line(ReleaseAbandoned{id.release, "old"}) : asked(number, where);
      case 3:
        return ReleaseMarked{id.release, one_in(2), "bad"};
      case 4:
        return asked(number, where, id.attempt);
      case 5:
        return approved(number, where, id.attempt);
      case 6:
        return one_in(3) ? Line(rejected(number, where, id.attempt)) : cut(number);
      case 7:
        return approved_after(number, where, id.attempt);
      case 8:
        return one_in(2) ? Line(rejected_after(number, where, id.attempt)) : cut(number);
      case 9:
        return began(number, where, fence(state, id, 1), id.attempt);
      case 10:
        return LeaseExtended{id, fence(state, id, 0), noon() + 48h + upto(9) * 1h};
      case 11:
        return paused(number, where, fence(state, id, 0), id.attempt);
      case 12:
        return resumed(number, where, fence(state, id, 1), id.attempt);
      case 13:
        return canceled(number, where, id.attempt);
      case 14:
        return ended(number, where, fence(state, id, 0), Ended(upto(3)), id.attempt);
      case 15:
        return one_in(2) ? Line(EnvironmentLocked{where, "", {}}) : EnvironmentUnlocked{where, ""};
      default:
        return one_in(2) ? Line(Unknown{"moon-observed", ""}) : LedgerOpened{"other"};
    }
  }

  std::mt19937 random_;
};

// The ledger's side of the law: between two events nothing is known but what was stored.
class Stored {
 public:
  void apply(const Event& event) {
    State state;
    if (!present_.empty()) {
      auto read = davit::state(*Json::parse(present_));
      REQUIRE(read.has_value());
      state = *read;
    }
    for (const auto number : releases_of(event.fact)) load(state, number);
    davit::apply(state, event);
    present_ = encode(state);
    for (const auto& [number, release] : state.releases) releases_[number] = encode(release);
  }

  State whole() const {
    State state = *davit::state(*Json::parse(present_));
    for (const auto& entry : releases_) load(state, entry.first);
    return state;
  }

 private:
  void load(State& state, ReleaseNumber number) const {
    const auto found = releases_.find(number);
    if (found == releases_.end()) return;
    auto read = release(*Json::parse(found->second));
    REQUIRE(read.has_value());
    state.releases.insert_or_assign(number, *read);
  }

  std::string present_;
  std::map<ReleaseNumber, std::string> releases_;
};

// At most one open, running or paused attempt, and it is the last; who holds a place knows it.
void check_shape(const State& state) {
  for (const auto& [number, release] : state.releases)
    for (const auto& [environment, attempts] : release.attempts)
      for (std::size_t i = 0; i + 1 < attempts.size(); ++i) {
        CHECK(attempts[i].closed());
        CHECK(attempts[i].number < attempts[i + 1].number);
      }
  for (const auto& [name, environment] : state.environments) {
    if (environment.current) {
      const auto* attempt = state.release(environment.current->release)->attempt(name);
      CHECK(attempt->number == environment.current->attempt);
      CHECK_FALSE(attempt->closed());
    }
    for (const auto& id : environment.requested)
      CHECK(state.release(id.release)->attempt(name)->stage == Attempt::Stage::open);
  }
}

}  // namespace

TEST_CASE("whatever is told, the stored state is the fold of all events") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    Storyteller teller(seed);
    Story story;
    Stored stored;
    stored.apply(story.events().front());
    int effective = 0;
    for (int i = 0; i < 250; ++i) {
      effective += story.tell(teller.next(story.state())).effective ? 1 : 0;
      stored.apply(story.events().back());
      check_shape(story.state());
      REQUIRE(stored.whole() == story.state());
    }
    CHECK(effective > 50);

    State folded;
    for (const auto& event : story.events()) apply(folded, event);
    CHECK(folded == story.state());
  }
}

TEST_CASE("every event of a random story survives its bytes") {
  Storyteller teller(4711);
  Story story;
  for (int i = 0; i < 500; ++i) story.tell(teller.next(story.state()));
  for (const auto& event : story.events()) {
    if (std::holds_alternative<Unknown>(event.fact)) continue;
    const auto line = encode(event);
    const auto read = decode(line);
    REQUIRE(read.has_value());
    if (!std::holds_alternative<Unknown>(read->fact)) CHECK(*read == event);
  }
}

TEST_CASE("a doctored state is refused or folded on, never a crash") {
  Storyteller teller(7);
  Story story;
  for (int i = 0; i < 200; ++i) story.tell(teller.next(story.state()));
  const auto bytes = encode(story.state());
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    auto doctored = bytes;
    doctored[random() % doctored.size()] = static_cast<char>('0' + random() % 75);
    const auto json = Json::parse(doctored);
    if (!json) continue;
    auto read = state(*json);
    if (read) apply(*read, story.events()[random() % story.events().size()]);
  }
  CHECK_FALSE(state(Json::object()).has_value());
  CHECK_FALSE(state(Json()).has_value());
  CHECK_FALSE(release(Json::object()).has_value());
}
