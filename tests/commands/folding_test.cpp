// SPDX-License-Identifier: MIT
// What many targets print alike is told once.
#include "cli/folding.hpp"

#include <doctest/doctest.h>

#include "cli/host_names.hpp"

namespace davit {

namespace {

using std::chrono::seconds;

const Instant kBegin{std::chrono::hours(1)};

struct Folded {
  std::vector<std::string> told;
  Folding folding;

  explicit Folded(std::size_t targets)
      : folding(targets, [this](const std::vector<std::size_t>& who, const std::string& text) {
          std::string line;
          for (const auto target : who) line += std::to_string(target);
          told.push_back(line + " " + text);
        }) {}
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("what all print is told once, as soon as the last has printed it") {
  Folded said(3);
  for (const std::size_t target : {2U, 0U}) said.folding.line(target, "unpacked", kBegin);
  said.folding.line(0, "switched", kBegin);
  said.folding.look(kBegin);
  CHECK(said.told.empty());
  said.folding.line(1, "unpacked", kBegin);
  said.folding.look(kBegin);
  CHECK(said.told == Lines{"012 unpacked"});
  said.folding.line(1, "switched", kBegin);
  said.folding.line(2, "switched", kBegin);
  said.folding.finish();
  CHECK(said.told == Lines{"012 unpacked", "012 switched"});
}

TEST_CASE("who prints something else is told by itself, from where it differs") {
  Folded said(4);
  for (std::size_t target = 0; target < 4; ++target) said.folding.line(target, "begin", kBegin);
  said.folding.line(2, "odd", kBegin);
  for (const std::size_t target : {3U, 1U, 0U}) said.folding.line(target, "fine", kBegin);
  said.folding.line(2, "more", kBegin);
  said.folding.finish();
  CHECK(said.told == Lines{"0123 begin", "2 odd", "2 more", "013 fine"});
}

TEST_CASE("nothing waits longer than ten seconds, and who comes later is still told together") {
  Folded said(3);
  said.folding.line(0, "a", kBegin);
  said.folding.line(0, "b", kBegin + seconds(5));
  said.folding.line(1, "a", kBegin + seconds(8));
  said.folding.look(kBegin + seconds(9));
  CHECK(said.told.empty());
  said.folding.look(kBegin + seconds(10));
  CHECK(said.told == Lines{"01 a"});
  said.folding.line(1, "b", kBegin + seconds(11));
  said.folding.line(2, "a", kBegin + seconds(12));
  said.folding.line(2, "b", kBegin + seconds(13));
  said.folding.look(kBegin + seconds(14));
  CHECK(said.told == Lines{"01 a", "2 a", "012 b"});
}

TEST_CASE("a target's lines are told in the order it printed them, whoever waits for whom") {
  Folded said(3);
  said.folding.line(0, "a", kBegin);
  said.folding.look(kBegin + seconds(10));
  said.folding.line(0, "b", kBegin + seconds(10));
  said.folding.line(1, "a", kBegin + seconds(19));
  said.folding.line(1, "b", kBegin + seconds(19));
  said.folding.look(kBegin + seconds(20));
  CHECK(said.told == Lines{"0 a", "1 a", "01 b"});
}

TEST_CASE("who has ended, or prints nothing, holds nobody up") {
  Folded said(3);
  said.folding.ended(2);
  said.folding.line(0, "a", kBegin);
  said.folding.line(1, "a", kBegin);
  said.folding.look(kBegin);
  CHECK(said.told == Lines{"01 a"});
  said.folding.line(2, "late", kBegin);
  said.folding.finish();
  CHECK(said.told == Lines{"01 a"});
}

TEST_CASE("what is kept has a bound, and every line is told once") {
  Folded said(2);
  constexpr int kLines = 20'000;
  for (int i = 0; i < kLines; ++i)
    said.folding.line(0, "line " + std::to_string(i) + std::string(100, '.'), kBegin);
  CHECK(said.told.size() > kLines / 2);
  said.folding.finish();
  CHECK(said.told.size() == kLines);
  CHECK(said.told.front().find("line 0.") != std::string::npos);
  CHECK(said.told.back().find("line 19999.") != std::string::npos);
}

TEST_CASE("names that count on are a range, with their number") {
  const auto names = [](std::vector<std::string> all) { return host_names(all); };
  CHECK(names({"web01"}) == "web01");
  CHECK(names({"web01", "web02"}) == "web01 web02");
  CHECK(names({"web08", "web09", "web10", "web11"}) == "web08…web11 (4)");
  CHECK(names({"web1.example.com", "web2.example.com", "web3.example.com"}) ==
        "web1.example.com…web3.example.com (3)");
  CHECK(names({"10.0.0.9", "10.0.0.10", "10.0.0.11", "10.0.1.1"}) ==
        "10.0.0.9…10.0.0.11 10.0.1.1 (4)");
  CHECK(names({"a", "c", "b"}) == "a c b");
  CHECK(names({"a", "b", "c", "d"}) == "a b c … (4)");
  CHECK(names({"web9", "web010", "web011"}) == "web9 web010 web011");
  CHECK(names({"n99999999999", "n100000000000", "n100000000001"}) ==
        "n99999999999 n100000000000 n100000000001");
  CHECK(names({}).empty());
}

}  // namespace davit
