// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace davit {

const std::vector<Command>& commands() {
  static const std::vector<Command> list = {
      init_command(),     new_command(),        check_command(),
      schema_command(),   completion_command(), man_command(),
      complete_command(),  // hidden
  };
  return list;
}

}  // namespace davit
