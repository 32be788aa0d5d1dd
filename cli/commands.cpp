// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace davit {

const std::vector<Command>& commands() {
  static const std::vector<Command> list = {};
  return list;
}

}  // namespace davit
