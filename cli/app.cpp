// SPDX-License-Identifier: MIT
#include "cli/app.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <exception>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/help.hpp"
#include "cli/line.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

using Words = std::vector<std::string>;

Error unknown_command(const std::vector<Command>& commands, const std::string& word) {
  Words names;
  for (const Command& command : commands)
    if (!command.hidden) names.emplace_back(command.name);
  const std::string guess = nearest(word, names);
  std::string message = fmt::format("unknown command '{}'", word);
  if (!guess.empty()) message += fmt::format("; did you mean '{}'?", guess);
  return {std::move(message),
          guess.empty() ? "davit --help lists the commands" : "",
          {},
          Failure::misused};
}

ExitStatus show(Desk& desk, const std::string& text) {
  desk.out.write(text);
  return ExitStatus::done;
}

// Whether --json was said, also where other words can't be read: then the error is a record, too.
bool says_json(const Options& options, const Words& words) {
  const auto sorted = sort_out(options, words);
  return std::any_of(sorted.begin(), sorted.end(), [](const Word& word) {
    return word.kind == Word::Kind::option && word.option->name == "--json";
  });
}

Outcome apply(Desk& desk) {
  if (desk.settings.no_color) desk.out.style.colour = desk.err.style.colour = false;
  const auto& directory = desk.settings.directory;
  std::error_code none;
  if (directory.empty() || std::filesystem::is_directory(directory, none)) return Done{};
  return misused(fmt::format("there is no folder {}", directory), "-C names where davit works");
}

// The global options and the command's, declared together so that they may stand in any order.
struct Declared {
  Options own;
  Options global;
  Options all;
  Command::Run run;
};

Declared declared(const Command* command, Desk& desk) {
  Declared made;
  declare(made.global, desk.settings);
  if (command != nullptr) made.run = command->declare(made.own);
  for (const Option& option : made.own.all()) made.all.add(option);
  for (const Option& option : made.global.all()) made.all.add(option);
  return made;
}

Result<ExitStatus> answer(const Line& line, const Command* command, Desk& desk,
                          const std::vector<Command>& commands) {
  const Declared made = declared(command, desk);
  desk.settings.json = says_json(made.all, line.rest);
  if (auto parsed = parse(made.all, line.rest); !parsed) {
    Error error = std::move(parsed).error();
    if (error.hint.empty())
      error.hint = line.command ? "davit help " + *line.command : "davit help";
    return error;
  }
  DAVIT_CHECK(apply(desk));
  if (desk.settings.version) return show(desk, "davit " DAVIT_VERSION "\n");
  if (desk.settings.help && command != nullptr && line.command)
    return show(desk, help(*command, made.own, made.global, desk.out.style));
  if (desk.settings.help || command == nullptr)
    return show(desk, overview(commands, made.global, desk.out.style));
  return made.run(desk);
}

int finish(Desk& desk, ExitStatus status) {
  desk.out.flush();
  desk.err.flush();
  if (desk.out.trouble() == 0) return static_cast<int>(status);
  desk.err.line("error: can't write to standard output: {}", std::strerror(desk.out.trouble()));
  desk.err.flush();
  return static_cast<int>(status == ExitStatus::done ? ExitStatus::failed : status);
}

// Written to a pipe nobody reads, or past a limit of size, davit gets EPIPE or EFBIG instead of
// dying. A handler and not "ignore", which the programs davit starts would inherit.
void outlive_failed_writes() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  action.sa_flags = SA_RESTART;
  sigaction(SIGPIPE, &action, nullptr);
  sigaction(SIGXFSZ, &action, nullptr);
}

}  // namespace

ExitStatus run(const Words& words, Desk& desk, const std::vector<Command>& commands) {
  desk.out.style.ci = desk.err.style.ci = ci_form(desk.environment);
  Options global;
  Settings unused;
  declare(global, unused);
  const Line line = read_line(global, words);
  const Command* command = find(commands, line.command ? *line.command : kDefaultCommand);
  const bool unknown = line.command && command == nullptr;
  if (unknown) desk.settings.json = says_json(global, line.rest);
  const Result<ExitStatus> result =
      unknown ? unknown_command(commands, *line.command) : answer(line, command, desk, commands);
  if (result) return *result;
  tell(desk, result.error(), unknown ? *line.command : command->name);
  return exit_status(result.error().failure);
}

ExitStatus run(const Words& words, Desk& desk) { return run(words, desk, commands()); }

int run_program(int argc, char** argv) {
  outlive_failed_writes();
  Desk desk = real_desk();
  try {
    return finish(desk, run(Words(argv + std::min(argc, 1), argv + argc), desk));
  } catch (const std::exception& bug) {
    desk.err.line("error: davit has a bug: {}", bug.what());
    return static_cast<int>(ExitStatus::failed);
  }
}

}  // namespace davit
