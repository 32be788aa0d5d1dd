// SPDX-License-Identifier: MIT
// What is said to an ssh that keeps a connection, and what it answers. With a real one:
// tests/program/kept_story.cpp.
#include "core/ssh/kept_way.hpp"

#include <doctest/doctest.h>

using namespace davit;

namespace {

std::string bytes(std::initializer_list<int> numbers) {
  std::string out;
  for (const int number : numbers) out += static_cast<char>(number);
  return out;
}

const std::string kHello = bytes({0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 4});
const std::string kOpened = bytes({0, 0, 0, 12, 0x80, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 1});

}  // namespace

TEST_CASE("a session is asked for as PROTOCOL.mux has it") {
  const auto asked = asking_for_session("exec sh");
  CHECK(asked.substr(0, kHello.size()) == kHello);
  const auto session = asked.substr(kHello.size());
  CHECK(session.substr(0, 8) == bytes({0, 0, 0, 47, 0x10, 0, 0, 2}));
  CHECK(session.size() == 4 + 47);
  CHECK(session.substr(40) == bytes({0, 0, 0, 7}) + "exec sh");
}

TEST_CASE("answers are understood however they are cut") {
  for (std::size_t at = 0; at <= kHello.size() + kOpened.size(); ++at) {
    CAPTURE(at);
    const auto all = kHello + kOpened;
    KeptAnswers answers;
    CHECK(answers.hear(all.substr(0, at)));
    CHECK(answers.hear(all.substr(at)));
    CHECK(answers.opened);
    CHECK(answers.refused.empty());
  }
}

TEST_CASE("a refusal is told with its reason") {
  KeptAnswers answers;
  CHECK(answers.hear(kHello + bytes({0, 0, 0, 15, 0x80, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 3}) + "no."));
  CHECK(!answers.opened);
  CHECK(answers.refused == "no.");
}

TEST_CASE("what is no answer is none") {
  for (const std::string& said :
       {bytes({0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 3}), std::string("SSH-2.0-OpenSSH_9.2\r\n"),
        bytes({0, 0, 0, 4, 0, 0, 0, 1}), bytes({0x7f, 0, 0, 0, 0, 0, 0, 1})}) {
    CAPTURE(said);
    CHECK(!KeptAnswers().hear(said));
  }
}
