// SPDX-License-Identifier: MIT
// Reading in a test: what was read, and the mistakes as somebody would see them.
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/reader.hpp"

namespace told {

// "3:5 unknown key 'need' in environments.production (did you mean 'needs'?)"
inline std::vector<std::string> mistakes(const std::vector<davit::Mistake>& all) {
  std::vector<std::string> out;
  for (const davit::Mistake& one : all) {
    out.push_back(fmt::format("{}:{} {}", one.place.line, one.place.column, one.message));
    if (!one.hint.empty()) out.back() += fmt::format(" ({})", one.hint);
  }
  return out;
}

inline std::vector<std::string> definition(std::string_view text) {
  return mistakes(davit::read_definition(text, "web", "web.toml").mistakes);
}

inline std::vector<std::string> team(std::string_view text) {
  return mistakes(davit::read_team(text, "team.toml").mistakes);
}

// The only mistake; all of them, for the test to fail with, when there are more.
inline std::string only(const std::vector<std::string>& all) {
  return all.empty() ? "no mistake" : fmt::format("{}", fmt::join(all, "\n"));
}

inline std::string file(const std::string& path) {
  std::ifstream in(DAVIT_SOURCE_DIR "/tests/definitions/corpus/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace told
