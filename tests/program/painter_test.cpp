// SPDX-License-Identifier: MIT
// A block that is drawn over and over, as a terminal shows it.
#include "cli/painter.hpp"

#include <doctest/doctest.h>

#include "tests/program/screen.hpp"

namespace {

using davit::Painter;
using davit::Writer;
using program::Screen;

// A terminal of 24 × 80 that is read after each frame.
struct Painted {
  std::string bytes;
  Writer writer{bytes};
  Screen screen{24};
  std::string seen() {
    std::string shown;  // with the carriage returns that the kernel adds
    for (const char c : std::exchange(bytes, {})) shown += c == '\n' ? "\r\n" : std::string(1, c);
    screen.feed(shown);
    return screen.text();
  }
};

TEST_CASE("a frame takes the place of the one before, and what is to stay scrolls above") {
  Painted terminal;
  Painter painter(terminal.writer);
  painter.frame({"one", "two"});
  CHECK(terminal.seen() == "one\ntwo\n");
  painter.frame({"three"});
  CHECK(terminal.seen() == "three\n");
  painter.above("a line");
  painter.above(std::string(200, 'x'));
  painter.frame({"four", "five"});
  CHECK(terminal.seen() == "a line\n" + std::string(200, 'x') + "\nfour\nfive\n");
  painter.clear();
  CHECK(terminal.seen() == "a line\n" + std::string(200, 'x') + "\n");
}

TEST_CASE("the block is neither higher nor wider than the terminal") {
  Painted terminal;
  Painter painter(terminal.writer);
  painter.frame(std::vector<std::string>(100, std::string(300, 'x')));
  std::string block;
  for (int row = 0; row < 23; ++row) block += std::string(79, 'x') + "\n";
  CHECK(terminal.seen() == block);
  painter.frame({"done"});
  CHECK(terminal.seen() == "done\n");
}

TEST_CASE("without UTF-8 the block is ASCII, and as wide as it is then") {
  Painted terminal;
  terminal.writer.style.utf8 = false;
  Painter painter(terminal.writer);
  painter.frame({"Switch ✔ … 8/10 ██░"});
  CHECK(terminal.seen() == "Switch + ... 8/10 ##.\n");
}

TEST_CASE("a flood above the block waits for no frame, and is not kept") {
  Painted terminal;
  Painter painter(terminal.writer);
  painter.frame({"block"});
  terminal.seen();
  for (int i = 0; i < 1000; ++i) painter.above(std::string(100, 'x'));
  CHECK(terminal.bytes.size() > 60'000);
}

}  // namespace
