// SPDX-License-Identifier: MIT
// A command, as a value: what it is called, what it is for, what it can be told and what it does.
//
// One file a command, cli/commands/NAME.cpp, which shows nothing but `Command NAME_command()`:
//
//   struct ApproveOptions { std::string release; … };
//   void declare(Options& o, ApproveOptions& into) { o.positional("RELEASE", into.release, "…"); }
//   Result<ExitStatus> approve(const ApproveOptions&, Desk&) { … }
//
//   Command approve_command() {
//     return {.name = "approve",
//             .group = CommandGroup::promote,
//             .summary = "agree to a deployment",
//             .about = "More than a line, where a line is not enough.",
//             .examples = {{"davit approve storefront/18 production", "shows what changes, asks"}},
//             .declare = from(declare, approve)};
//   }
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "cli/desk.hpp"
#include "cli/options.hpp"

namespace davit {

// The groups that `davit --help` shows, in this order.
enum class CommandGroup { write, promote, look, attend, test, around };

struct Example {
  std::string_view line;
  std::string_view says;
};

struct Command {
  using Run = std::function<Result<ExitStatus>(Desk&)>;

  std::string_view name;
  CommandGroup group = CommandGroup::around;
  std::string_view summary;  // lower case, no full stop, imperative
  std::string_view about = {};
  std::vector<Example> examples;
  bool hidden = false;  // not in the help; complete and run all the same
  // Binds options that the returned function then reads.
  std::function<Run(Options&)> declare;
};

// The declare function of a command from the two that it is written as.
template <typename Values>
std::function<Command::Run(Options&)> from(void (*declare)(Options&, Values&),
                                           Result<ExitStatus> (*run)(const Values&, Desk&)) {
  return [declare, run](Options& options) -> Command::Run {
    auto values = std::make_shared<Values>();
    declare(options, *values);
    return [values, run](Desk& desk) { return run(*values, desk); };
  };
}

}  // namespace davit
