// SPDX-License-Identifier: MIT
#include "core/runner/outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "definitions/name.hpp"

namespace davit {

namespace {

Error bad_line(int line, const std::string& why, const std::vector<std::string>& declared) {
  return {fmt::format("line {} of $DAVIT_OUTPUT {}", line, why),
          declared.empty()
              ? "declare what the step hands on: outputs = [\"NAME\"]"
              : fmt::format("write NAME=VALUE; its outputs are {}", fmt::join(declared, ", "))};
}

void put(Outputs& outputs, const std::string& name, std::string_view value) {
  for (auto& output : outputs) {
    if (output.first != name) continue;
    output.second = value;
    return;
  }
  outputs.emplace_back(name, value);
}

Result<std::string> content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 4096> piece{};
  while (file.read(piece.data(), piece.size()) || file.gcount() > 0) {
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > kLargestOutputs)
      return Error{"$DAVIT_OUTPUT is over 64 KiB", "hand on a file's path in place of its content"};
  }
  return text;
}

}  // namespace

Result<Outputs> parse_outputs(std::string_view rest, const std::vector<std::string>& declared,
                              const Mask& mask) {
  Outputs outputs;
  for (int number = 1; !rest.empty(); ++number) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto equals = line.find('=');
    const std::string name(line.substr(0, equals));
    if (equals == line.npos || !is_variable_name(name))
      return bad_line(number, "is not NAME=VALUE", declared);
    if (std::find(declared.begin(), declared.end(), name) == declared.end())
      return bad_line(number, fmt::format("sets {}, which the step does not declare", name),
                      declared);
    const auto value = line.substr(equals + 1);
    if (value.find('\0') != value.npos) return bad_line(number, "holds a NUL byte", declared);
    if (mask.finds(value))
      return Error{fmt::format("output {} holds a secret", name),
                   "hand on where it is found, not the secret"};
    put(outputs, name, value);
  }
  return outputs;
}

Result<Outputs> read_outputs(const std::string& path, const std::vector<std::string>& declared,
                             const Mask& mask) {
  DAVIT_TRY(const auto text, content(path));
  return parse_outputs(text, declared, mask);
}

}  // namespace davit
