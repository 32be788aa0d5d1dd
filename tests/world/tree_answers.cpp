// SPDX-License-Identifier: MIT
// What a target says of a tree, beside what was sent.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/ssh/tree_answer.hpp"

using namespace davit;

namespace {

// Files a and lib/x, and a link.
std::shared_ptr<const SentTree> sent() {
  auto parcel = std::make_shared<Parcel>();
  parcel->files = {{.path = "a", .mode = 0644, .digest = {}, .size = 1, .tar = {}},
                   {.path = "lib/x", .mode = 0644, .digest = {}, .size = 1, .tar = {}}};
  parcel->links = {{"link", "a"}};
  parcel->folders = {{"", 0777}, {"lib", 0777}};
  return std::make_shared<const SentTree>(std::move(parcel));
}

// Words that end with NULs, written with bars.
std::string words(std::string text) {
  std::replace(text.begin(), text.end(), '|', '\0');
  return text;
}

const std::string kAll = "h.|h./lib|w|h./lib/x|h./a|h./link|";

// Byte by byte, and all at once.
std::optional<Apart> told_of(const std::string& text, std::vector<std::string> ours = {}) {
  const auto answer = words(text);
  TreeAnswer slowly(sent(), ours), at_once(sent(), std::move(ours));
  for (const char one : answer) CHECK(slowly.take({&one, 1}).empty());
  CHECK(at_once.take(answer + "behind it") == "behind it");
  REQUIRE(slowly.is_over());
  CHECK(slowly.apart() == at_once.apart());
  return slowly.apart();
}

}  // namespace

TEST_CASE("a tree that is all there as it was sent") { CHECK_FALSE(told_of(kAll + "|")); }

TEST_CASE("the first by its path is named, whatever came first") {
  using How = Apart::How;
  const std::string differs = "d./lib/x|d./a|", added = "h./b|h./A\nnew|";
  CHECK(told_of(kAll + differs + "|") == Apart{2, "a", How::changed});
  CHECK(told_of(kAll + added + "|") == Apart{2, "A\nnew", How::added});
  CHECK(told_of(kAll + added + differs + "|") == Apart{4, "A\nnew", How::added});
  CHECK(told_of("h.|h./a|h./link|h./lib||") == Apart{1, "lib/x", How::missing});
  CHECK(told_of("|") == Apart{5, "", How::missing});
}

TEST_CASE("what davit itself put there later is nobody's drift") {
  const std::string added = "h./deep|h./deep/current|h./logs|h./logs/one|";
  CHECK_FALSE(told_of(kAll + added + "|", {"deep/current", "logs"}));
  const auto apart = told_of(kAll + added + "|", {"deep/current"});
  REQUIRE(apart);
  CHECK(apart->count == 2);
  CHECK_FALSE(told_of(kAll + "d./link||", {"link"}));
}

TEST_CASE("a path without an end takes no memory without an end") {
  const std::string piece(1u << 20, 'x');
  TreeAnswer answer(sent(), {});
  for (int i = 0; i < 100; ++i) CHECK(answer.take(i == 0 ? "h" + piece : piece).empty());
  CHECK(answer.take(std::string("\0\0", 2)).empty());
  CHECK(answer.is_over());
}
