// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/table.hpp"

namespace davit {

namespace {

constexpr std::array<CommandGroup, 6> kGroups = {CommandGroup::write, CommandGroup::promote,
                                                 CommandGroup::look,  CommandGroup::attend,
                                                 CommandGroup::test,  CommandGroup::around};

// Whether the reader sees every choice in what is written anyway.
bool names_choices(const std::string& text, const Option& option) {
  return std::all_of(option.choices.begin(), option.choices.end(), [&](const std::string& choice) {
    return text.find(choice) != std::string::npos;
  });
}

std::string explained(const Option& option) {
  if (names_choices(option.help, option) || names_choices(option.value, option)) return option.help;
  return fmt::format("{}: {}", option.help, fmt::join(option.choices, ", "));
}

// The options (or the positionals) as a table; empty where there are none.
std::string listed(const Options& options, bool positionals, const Style& style) {
  TextTable table;
  table.indent(2);
  for (const Option& option : options.all()) {
    if (option.positional != positionals) continue;
    const bool blank = !positionals && option.short_name.empty();
    const std::string name = positionals ? option.name : (blank ? "    " : "") + option.written();
    table.row({name, explained(option)});
  }
  return table.render(style);
}

std::string section(const std::string& name, const std::string& body, const Style& style) {
  return body.empty() ? "" : fmt::format("\n{}\n{}", style.bold(name), body);
}

std::string examples(const Command& command, const Style& style) {
  TextTable table;
  table.indent(2);
  for (const Example& example : command.examples)
    table.row({std::string(example.line), style.old(example.says)});
  return table.render(style);
}

}  // namespace

const char* title(CommandGroup group) {
  switch (group) {
    case CommandGroup::write:
      return "Write down how releases are made";
    case CommandGroup::promote:
      return "Make and promote releases";
    case CommandGroup::look:
      return "See what is where, and why";
    case CommandGroup::attend:
      return "Attend to a deployment";
    case CommandGroup::test:
      return "Try out and prove";
    case CommandGroup::around:
      return "Around it";
  }
  return "";
}

std::string usage(const Command& command, const Options& own) {
  std::string line = fmt::format("davit {} [options]", command.name);
  for (const Option& option : own.all())
    if (option.positional) line += " " + option.written();
  return line;
}

std::string help(const Command& command, const Options& own, const Options& global,
                 const Style& style) {
  std::string text = fmt::format("{} {}\n\n", style.bold("usage:"), usage(command, own));
  text += fmt::format("davit {}: {}\n", command.name, command.summary);
  if (!command.about.empty()) text += fmt::format("\n{}\n", command.about);
  text += section("Arguments", listed(own, true, style), style);
  text += section("Options", listed(own, false, style), style);
  text += section("With every command", listed(global, false, style), style);
  text += section("Examples", examples(command, style), style);
  return text;
}

std::string overview(const std::vector<Command>& commands, const Options& global,
                     const Style& style) {
  std::string text = "davit lowers releases into production.\n\n";
  text += fmt::format("{} davit [options] COMMAND …, davit COMMAND --help\n", style.bold("usage:"));
  for (const CommandGroup group : kGroups) {
    TextTable table;
    table.indent(2);
    for (const Command& command : commands)
      if (command.group == group && !command.hidden)
        table.row({fmt::format("{:<10}", command.name), std::string(command.summary)});
    text += section(title(group), table.render(style), style);
  }
  return text + section("With every command", listed(global, false, style), style);
}

}  // namespace davit
