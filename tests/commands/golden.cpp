// SPDX-License-Identifier: MIT
#include "tests/commands/golden.hpp"

#include <doctest/doctest.h>
#include <fmt/core.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace davit {

namespace {

std::string read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool accepting() {
  const char* accept = std::getenv("DAVIT_ACCEPT");
  return accept != nullptr && std::string(accept) == "1";
}

}  // namespace

void golden(const std::string& name, const std::string& told) {
  const std::string path = fmt::format("{}/tests/commands/golden/{}.txt", DAVIT_SOURCE_DIR, name);
  const std::string kept = read(path);
  if (kept == told && std::filesystem::exists(path)) return;
  if (accepting()) {
    std::ofstream(path, std::ios::binary) << told;
    MESSAGE("accepted " << path);
    return;
  }
  INFO("golden file ", path, " (DAVIT_ACCEPT=1 takes what is printed now)");
  CHECK(told == kept);
}

DeskOnStrings::DeskOnStrings()
    : desk{.out = Writer(out),
           .err = Writer(err),
           .in = Input(std::string()),
           .clock = clock,
           .environment = [this](const std::string& name) -> std::optional<std::string> {
             const auto found = environment.find(name);
             if (found == environment.end()) return std::nullopt;
             return found->second;
           }} {
  setenv("TZ", "UTC0", 1);
  tzset();
}

void DeskOnStrings::somebody_types(const std::string& lines) {
  desk.in = Input(lines);
  desk.in.terminal = true;
}

std::string DeskOnStrings::told() {
  std::string told = std::exchange(out, {});
  const std::string talk = std::exchange(err, {});
  if (!talk.empty()) told += "--- talk\n" + talk;
  return told;
}

}  // namespace davit
