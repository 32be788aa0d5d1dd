// SPDX-License-Identifier: MIT
// Tables, symbols, and text that must not reach a terminal as it is.
#include <doctest/doctest.h>

#include "cli/errors.hpp"
#include "cli/progress.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/utf8.hpp"
#include "tests/commands/golden.hpp"

namespace davit {

TEST_CASE("a table is as wide as what is in it, whatever it is made of") {
  TextTable table;
  table.align(1, TextTable::Align::right);
  table.row({"DEFINITION", "dev", "note"});
  table.row({"日本", Style{.colour = true}.live("✔ 17"), "", ""});
  table.row({"café", "9", "x"});
  CHECK(table.render(Style{}) ==
        "DEFINITION   dev  note\n"
        "日本        \x1b[32m✔ 17\x1b[0m\n"
        "café           9  x\n");
}

TEST_CASE("without UTF-8 our symbols are ASCII, and columns still stand") {
  TextTable table;
  table.row({"14 → 17", "a"}).row({"9", "b"});
  CHECK(table.render(Style{.utf8 = false}) == "14 -> 17  a\n9         b\n");

  std::string into;
  Writer writer(into);
  writer.style.utf8 = false;
  writer.line("{} waits… · ünchanged", "✔");
  writer.raw("{\"as\":\"→\"}");
  CHECK(into == "+ waits... - ünchanged\n{\"as\":\"→\"}");
}

TEST_CASE("colours only where they are wanted") {
  CHECK(Style{}.failed("no") == "no");
  CHECK(Style{.colour = true}.failed("no") == "\x1b[31mno\x1b[0m");
  CHECK(Style{.colour = true}.old("").empty());
}

TEST_CASE("columns of text") {
  CHECK(columns("abc") == 3);
  CHECK(columns("é") == 1);
  CHECK(columns("e\u0301") == 1);
  CHECK(columns("日本") == 4);
  CHECK(columns("🚀") == 2);
  CHECK(columns("\x1b[1;32mok\x1b[0m") == 2);
  CHECK(columns("\xff") == 1);
  CHECK(columns("\x1b[") == 0);
}

TEST_CASE("text from outside is seen and not obeyed") {
  CHECK(terminal_line("a\x1b[2Jb") == "a\\x1b[2Jb");
  CHECK(terminal_line("one\ntwo\tthree\r") == "one\\ntwo three\\x0d");
  CHECK(terminal_line("\xff\xc3") == "\\xff\\xc3");
  CHECK(terminal_line("\u202eevil") == "\\u202eevil");
  CHECK(terminal_line("\u009b2J") == "\\u009b2J");
  CHECK(terminal_line("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(terminal_line("grüße 日本 🚀") == "grüße 日本 🚀");
  CHECK(terminal_text("one\ntwo\x07\n\n", "  ") == "one\n  two\\x07");
}

TEST_CASE("an error can't write to the terminal as it likes") {
  DeskOnStrings desk;
  tell(desk.desk, Error{"git said: \x1b]0;owned\x07", "line one\nline two"}, "sync");
  CHECK(desk.told() == "--- talk\nerror: git said: \\x1b]0;owned\\x07\n  line one\n  line two\n");
}

TEST_CASE("a question is asked of somebody only") {
  DeskOnStrings desk;
  CHECK(desk.desk.confirm("Approve? [y/N]") == Consent::nobody);
  CHECK(desk.told().empty());

  desk.somebody_types("y\nmaybe\n");
  CHECK(desk.desk.confirm("Approve? [y/N]") == Consent::yes);
  CHECK(desk.desk.confirm("Approve? [y/N]") == Consent::no);
  CHECK(desk.desk.confirm("Approve? [y/N]") == Consent::no);  // the input has ended
  CHECK(desk.told() == "--- talk\nApprove? [y/N] Approve? [y/N] Approve? [y/N] ");

  desk.desk.settings.yes = true;
  CHECK(desk.desk.confirm("Approve? [y/N]") == Consent::yes);
  CHECK(desk.told().empty());
}

TEST_CASE("progress is shown after a second, on a terminal, and taken away") {
  DeskOnStrings desk;
  desk.desk.err.terminal = true;
  {
    ProgressLine progress(desk.desk, "hashing app", 100'000'000, ProgressLine::Unit::bytes);
    progress.at(10'000'000);
    CHECK(desk.told().empty());
    desk.clock.advance(std::chrono::seconds(2));
    progress.at(50'000'000);
  }
  CHECK(desk.told() == "--- talk\n\r\x1b[Khashing app  50.0 MB of 100 MB  25.0 MB/s  about " +
                           rough(std::chrono::seconds(2)) + " left\r\x1b[K");
}

TEST_CASE("sizes") {
  CHECK(size_text(812) == "812 B");
  CHECK(size_text(12'400'000) == "12.4 MB");
  CHECK(size_text(999'999) == "1.0 MB");
  CHECK(size_text(500'000'000) == "500 MB");
}

TEST_CASE("a path is seen from where davit was told to act") {
  DeskOnStrings desk;
  CHECK(desk.desk.path("a.toml") == "a.toml");
  desk.desk.settings.directory = "/srv/shop";
  CHECK(desk.desk.path("a.toml") == "/srv/shop/a.toml");
  CHECK(desk.desk.path("/a.toml") == "/a.toml");
}

}  // namespace davit
