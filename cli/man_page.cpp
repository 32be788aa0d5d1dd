// SPDX-License-Identifier: MIT
#include "cli/man_page.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "cli/help.hpp"
#include "cli/utf8.hpp"

namespace davit {

namespace {

std::string escaped(char32_t code) {
  if (code == '\\') return "\\e";
  if (code == '-') return "\\-";
  if (code < 0x80) return std::string(1, static_cast<char>(code));
  return fmt::format("\\[u{:04X}]", static_cast<unsigned>(code));
}

// Backslashes, hyphens that may be typed, what is not ASCII, and lines that would be taken for
// macros.
std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool starts_line = out.empty() || out.back() == '\n';
    if (starts_line && (text.front() == '.' || text.front() == '\'')) out += "\\&";
    const Character character = first_character(text).value_or(Character{U'?', 1});
    out += escaped(character.code);
    text.remove_prefix(character.bytes);
  }
  return out;
}

std::string item(std::string_view term, std::string_view says) {
  return fmt::format(".TP\n.B {}\n{}\n", escaped(term), escaped(says));
}

std::string listed(const Options& options) {
  std::string out;
  for (const Option& option : options.all())
    out += item(option.positional ? option.name : option.written(), option.help);
  return out;
}

std::string chapter(const Command& command) {
  Options own;
  const Command::Run run = command.declare(own);  // keeps what the options are bound to
  std::string out = fmt::format(".SS {}\n{}\n", escaped(usage(command, own)),
                                escaped(std::string(command.summary) + "."));
  if (!command.about.empty()) out += fmt::format(".PP\n{}\n", escaped(command.about));
  out += listed(own);
  for (const Example& example : command.examples)
    out += fmt::format(".PP\n.RS\n.EX\n$ {}\n.EE\n{}\n.RE\n", escaped(example.line),
                       escaped(example.says));
  return out;
}

std::string exit_statuses() {
  constexpr std::array<std::pair<const char*, const char*>, 9> kStatuses = {{
      {"0", "done"},
      {"1", "failed"},
      {"2", "misused: the command line makes no sense"},
      {"3", "refused: a rule says no"},
      {"4", "waiting: for an approval, a gate, a window or a queue"},
      {"5", "done in part"},
      {"6", "failed and rolled back"},
      {"7", "busy: another davit holds the deployment"},
      {"8", "uncertain: it is not known whether a step ran"},
  }};
  std::string out = ".SH EXIT STATUS\n";
  for (const auto& [status, says] : kStatuses) out += item(status, says);
  return out;
}

std::string surroundings() {
  std::string out = ".SH ENVIRONMENT\n";
  out += item("NO_COLOR", "when set, nothing is coloured");
  out += item("CLICOLOR_FORCE", "when set and not 0, output is coloured without a terminal, too");
  out += item("LC_ALL, LC_CTYPE, LANG", "without UTF-8 in them, symbols are written in ASCII");
  out += ".SH FILES\n";
  out += item(".davit/definitions/NAME.toml", "how the product NAME is released");
  out += item(".davit/*.toml", "the team's rules: groups, permissions, targets");
  out += item("refs/davit/ledger/NAME", "what happened; git log shows it");
  return out + ".SH SEE ALSO\n.BR git (1)\n";
}

}  // namespace

std::string man_page(const std::vector<Command>& commands, const std::string& version) {
  std::string out = fmt::format(".TH DAVIT 1 \"\" \"davit {}\" \"User Commands\"\n", version);
  out += ".SH NAME\ndavit \\- lower releases into production\n";
  out += ".SH SYNOPSIS\n.B davit\n[options] COMMAND ...\n";
  out +=
      ".SH DESCRIPTION\nA release manager that lives in git. Release definitions are files of the "
      "repository; releases, approvals and deployments are remembered there, too.\n.PP\n"
      "Without a command, davit shows the status of every definition.\n";
  Settings settings;
  Options global;
  declare(global, settings);
  out += ".SH OPTIONS\nThese stand before or behind the command.\n" + listed(global);
  out += ".SH COMMANDS\n";
  for (const Command& command : commands)
    if (!command.hidden) out += chapter(command);
  return out + exit_statuses() + surroundings();
}

}  // namespace davit
