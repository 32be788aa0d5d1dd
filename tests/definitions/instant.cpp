// SPDX-License-Identifier: MIT
#include "definitions/instant.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace davit;
using namespace std::chrono_literals;

namespace {

Duration length(std::string_view written) {
  const auto result = parse_duration(written);
  REQUIRE_MESSAGE(result.has_value(), written);
  return *result;
}

}  // namespace

TEST_CASE("instant: written in UTC to the millisecond, and read back") {
  CHECK(text(Instant{}) == "1970-01-01T00:00:00.000Z");
  CHECK(text(Instant{1795356187123ms}) == "2026-11-22T14:03:07.123Z");
  CHECK(text(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
  CHECK(parse_instant("2026-11-22T14:03:07.123Z") == Instant{1795356187123ms});
  CHECK(parse_instant("2026-11-22T14:03:07Z") == Instant{1795356187s});
  CHECK(parse_instant("2026-11-22T14:03:07.5Z") == Instant{1795356187500ms});
  CHECK(parse_instant("2026-11-22T14:03:07.123999999Z") == Instant{1795356187123ms});
  CHECK(parse_instant("2024-02-29T00:00:00Z").has_value());
}

TEST_CASE("instant: what is no moment is refused") {
  for (const char* wrong : {"", "2026-11-22", "2026-11-22T14:03:07", "2026-11-22 14:03:07Z",
                            "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z",
                            "2026-11-22T14:60:00Z", "2026-11-22T14:03:60Z", "2026-11-22T14:03:07.Z",
                            "2026-11-22T14:03:07Zx", "26-11-22T14:03:07Z", "-026-11-22T14:03:07Z",
                            "2026-11-22T14:03:07+01:00", "99999999999999-11-22T14:03:07Z"})
    CHECK_MESSAGE(!parse_instant(wrong).has_value(), wrong);
}

TEST_CASE("instant: every moment of four-digit years reads back the same") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 5000; ++i) {
    const Instant at{
        Duration(static_cast<std::int64_t>(random() % 315537897600000) - 62135596800000)};
    CHECK(parse_instant(text(at)) == at);
  }
}

TEST_CASE("duration: a number and a unit, or a sum, largest first") {
  CHECK(length("90s") == 90s);
  CHECK(length("15m") == 15min);
  CHECK(length("2h") == 2h);
  CHECK(length("7d") == 168h);
  CHECK(length("500ms") == 500ms);
  CHECK(length("1h30m") == 90min);
  CHECK(length("1d1ms") == 24h + 1ms);
  CHECK(length("0s") == 0s);
  CHECK(length("36525d") == 36525 * 24h);
}

TEST_CASE("duration: anything else is refused with what would do") {
  for (const char* wrong : {"", "90", "s", "-1s", "1.5h", "1h 30m", " 1h", "1h ", "30m1h", "1h1h",
                            "1w", "1S", "1h30", "٣s", "1sec"}) {
    const auto result = parse_duration(wrong);
    REQUIRE_MESSAGE(!result.has_value(), wrong);
    CHECK(result.error().message == "'" + std::string(wrong) + "' is no duration");
    CHECK(result.error().hint.find("1h30m") != std::string::npos);
  }
  for (const char* long_one : {"36526d", "36525d1ms", "99999999999999999999999999999999d"})
    CHECK(parse_duration(long_one).error().message ==
          "'" + std::string(long_one) + "' is longer than 100 years");
}

TEST_CASE("duration: the text is the shortest, and reads back the same") {
  CHECK(text(90s) == "1m30s");
  CHECK(text(Duration{}) == "0s");
  CHECK(text(Duration{36h}) == "1d12h");
  CHECK(text(1500ms) == "1s500ms");
  CHECK(text(Duration{-90s}) == "-1m30s");
  std::mt19937_64 random(2);
  for (int i = 0; i < 5000; ++i) {
    const Duration some(static_cast<std::int64_t>(random() % 3155760000000));
    CHECK(length(text(some)) == some);
  }
}

TEST_CASE("duration: roughly, for people") {
  const auto said = [](Duration some) { return rough(some); };
  CHECK(said(-3s) == "0 s");
  CHECK(said(340ms) == "0.3 s");
  CHECK(said(6240ms) == "6.2 s");
  CHECK(said(9s) == "9 s");
  CHECK(said(59999ms) == "59.9 s");
  CHECK(said(64s) == "1m 04s");
  CHECK(said(30min) == "30m");
  CHECK(said(192min) == "3h 12m");
  CHECK(said(5h) == "5h");
  CHECK(said(150h) == "6d");
  CHECK(said(24h * 15) == "2w");
  CHECK(said(24h * 900) == "2y");
}
