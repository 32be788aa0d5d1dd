// SPDX-License-Identifier: MIT
// What is said to PowerShell: quoting, encoding, and what a target gets to see. No PowerShell is
// needed: tests/program/windows_shell.py takes the same texts as Windows would.
#include <doctest/doctest.h>

#include "core/digest/base64.hpp"
#include "core/ssh/tongue.hpp"
#include "core/ssh/windows_list.hpp"
#include "core/ssh/windows_prelude.hpp"
#include "core/ssh/windows_words.hpp"

using namespace davit;

namespace {

// What a line of input holds.
std::string decoded(const std::string& line) {
  REQUIRE(line.ends_with('\n'));
  const auto text = from_base64(line.substr(0, line.size() - 1));
  REQUIRE(text.has_value());
  return *text;
}

RemoteTry a_try(Step::Shell shell, const std::string& script) {
  return {.key = "shop/17/production/1",
          .place = "shop/production",
          .fence = 4,
          .name = "3.1@web2:2222",
          .script = script,
          .shell = shell};
}

std::string beginning_of(const RemoteTry& wanted) {
  return decoded(tongue_of(Step::Shell::powershell).beginning(wanted));
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a word of PowerShell's is itself, whatever its characters") {
  CHECK(powershell_word("") == "''");
  CHECK(powershell_word("-Force") == "'-Force'");
  CHECK(powershell_word("$(id)`n \"x\" ; | &\n") == "'$(id)`n \"x\" ; | &\n'");
  CHECK(powershell_word("it's") == "'it''s'");
  CHECK(powershell_word("‘a’‚‛") == "'‘‘a’’‚‚‛‛'");
  // Neighbours of them, and the beginning of one.
  CHECK(powershell_word("—“”…") == "'—“”…'");
  CHECK(powershell_word("\xe2\x80") == "'\xe2\x80'");
}

TEST_CASE("an encoded command is base64 of UTF-16LE") {
  CHECK(encoded_command("dir") == "ZABpAHIA");
  CHECK(encoded_command("") == "");
}

TEST_CASE("the command that starts a session holds no data, and is short enough for cmd.exe") {
  const auto powershell = tongue_of(Step::Shell::powershell).session();
  CHECK(
      powershell.starts_with("powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass "
                             "-InputFormat None -EncodedCommand "));
  CHECK(powershell.size() < 8000);
  CHECK(powershell.find_first_of("\"'%^&|<>$`;()\\\n") == std::string::npos);
  CHECK(tongue_of(Step::Shell::cmd).session() == powershell);
  CHECK(tongue_of(Step::Shell::pwsh).session().starts_with("pwsh -NoProfile"));
  CHECK(tongue_of(Step::Shell::sh).session() == "exec sh");
}

TEST_CASE("a session begins with the prelude, and one call that holds what differs") {
  const auto text = tongue_of(Step::Shell::cmd).opening("token", {"D:\\it's", "0123456789abcdef"});
  const auto end = text.find('\n') + 1;
  CHECK(decoded(text.substr(0, end)) == windows_prelude());
  CHECK(decoded(text.substr(end)) == "Davit-Open 'token' 'D:\\it''s' '0123456789ab'");
}

TEST_CASE("what is a file's name on Windows is that of one thing alone") {
  CHECK(windows_path("shop/17/production/1") == "shop\\17\\production\\1");
  CHECK(windows_path("3.1@web2:2222") == "3.1@web2~3a2222");
  CHECK(windows_path("Web1") != windows_path("web1"));
  CHECK(windows_path("con/aux.txt/com1/console") == "~con\\~aux.txt\\~com1\\console");
  CHECK(windows_path("a.") == "a.~");
  CHECK(windows_path("~3a") != windows_path(":"));
}

TEST_CASE("what Windows can't have below a folder is known") {
  for (const char* path : {"a", "a/b.txt", ".hidden", "it's (so)", "ü", "com10", "console/-x"})
    CHECK_MESSAGE(is_windows_path(path), path);
  for (const char* path : {"a:b", "a\\b", "a?", "\xff", "a\nb", "nul", "a/Aux.txt", "COM1/b", "a.",
                           "a /b", "a//b", "", "a\"b"})
    CHECK_FALSE_MESSAGE(is_windows_path(path), path);
}

TEST_CASE("a tree is told by where its files are in the stream") {
  Parcel parcel;
  parcel.others.size = 1536;
  parcel.folders = {{"", 0755}, {"app", 0755}};
  parcel.files = {{"app/a b", 0644, {"5f"}, 700, {0, 512 + 1024}},
                  {"x", 0644, {"6f"}, 0, {1536, 512}}};
  CHECK(windows_list(parcel) == "1536\nd app\nf 512 700 324 5f app\\a b\nf 512 0 0 6f x\n");
  CHECK(unfit_tree(parcel).empty());
  parcel.files.push_back({"APP", 0644, {}, 0, {}});
  CHECK(unfit_tree(parcel) == "to Windows, app and APP are one");
  parcel.links.push_back({"now", "app"});
  CHECK(unfit_tree(parcel) == "it has the symlink now");
}

TEST_CASE("a script for PowerShell is a file with a mark, one for cmd has lines of Windows") {
  const auto powershell = beginning_of(a_try(Step::Shell::sh, "Write-Host 'ü'\n"));
  CHECK(powershell.starts_with(
      "Davit-Begin '3.1@web2:2222' 'shop\\17\\production\\1\\3.1@web2~3a2222' 'shop\\production' "
      "'4' '' 'ps1' '" +
      base64("\xef\xbb\xbfWrite-Host 'ü'\n") + "' "));
  const auto cmd = beginning_of(a_try(Step::Shell::cmd, "echo one\r\necho two\n"));
  CHECK(says(cmd, " 'cmd' '" +
                      base64("@echo off\r\n@\"%SystemRoot%\\System32\\chcp.com\" 65001 >nul\r\n"
                             "echo one\r\necho two\r\n\r\n") +
                      "' '' "));
  CHECK(says(cmd, base64("@cmd.exe /D /C call \"%~dp0script.cmd\" <nul >\"%~dp0log\" 2>&1\r\n"
                         "@>\"%~dp0status\" echo %ERRORLEVEL%\r\n")));
}

TEST_CASE("values are data behind the call, and what Windows can't have begins nothing") {
  auto wanted = a_try(Step::Shell::sh, "x");
  wanted.values = {{"A", "it's\n=‘"}, {"B", ""}};
  const auto text = tongue_of(Step::Shell::powershell).beginning(wanted);
  const auto call = text.find('\n') + 1;
  const auto second = text.find('\n', call) + 1;
  CHECK(decoded(text.substr(0, call)).ends_with(" '2'"));
  CHECK(decoded(text.substr(call, second - call)) == "A=it's\n=‘");
  CHECK(decoded(text.substr(second)) == "B=");
  const auto refused = [&](const std::string& name, const std::string& value) {
    wanted.values = {{"A", "x"}, {name, value}};
    return beginning_of(wanted);
  };
  CHECK(refused("a", "y") ==
        "Davit-Say 'failed' '3.1@web2:2222' 'to Windows, A and a are one variable'");
  CHECK(says(refused("B", "\xff"), "can''t have the value of B: it is no UTF-8 text'"));
  CHECK(says(refused("B", std::string(1, '\0')), "it holds a NUL byte'"));
  CHECK(says(refused("ErrorLevel", "0"), "would hide cmd.exe''s own'"));
}
