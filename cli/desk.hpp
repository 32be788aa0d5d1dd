// SPDX-License-Identifier: MIT
// The desk a command works at: whom it talks to, what it was told, what time it is.
//
// Answers go to `out`, talk goes through say() to standard error. Nothing below cli/ prints or
// reads the environment, and nothing in cli/ does it but through here; a test puts strings in the
// place of the streams and a clock that it ticks.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_status.hpp"
#include "cli/input.hpp"
#include "cli/settings.hpp"
#include "cli/writer.hpp"
#include "core/clock/clock.hpp"

namespace davit {

enum class Consent { yes, no, nobody };  // nobody: no terminal to ask at, and no --yes

// What a person may ask to see before the answer: "plan".
struct Look {
  std::string word;
  std::function<std::string()> text;
};

struct Desk {
  Writer out;
  Writer err;
  Input in;
  const Clock& clock;
  // The value of an environment variable.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  Settings settings;

  // Talk: a line on standard error, unless --quiet.
  template <typename... T>
  void say(fmt::format_string<T...> format, T&&... values) {
    if (!settings.quiet) talk(fmt::vformat(format, fmt::make_format_args(values...)) + '\n');
  }

  // "Approve all the same? [y/N/plan]". --yes: yes, unasked. A look's word, or how it begins, shows
  // it and asks again; anything else but y or yes is a no.
  Consent confirm(const std::string& question, const std::vector<Look>& looks = {});
  // Done when the person agrees. Where nobody is there to ask, the Error says with which full
  // command it would be done.
  Outcome agreed(const std::string& question, const std::string& command,
                 const std::vector<Look>& looks = {});
  // A line from the person at the terminal; nothing when nobody is there, or with --yes.
  std::optional<std::string> ask(const std::string& question);
  // Whether there is a person to ask: a terminal on standard input, and no --yes.
  bool somebody() const { return in.terminal && !settings.yes; }

  // A path as it was given, seen from -C DIR.
  std::string path(const std::string& given) const;
  const std::string& directory() const { return settings.directory; }

 private:
  void talk(const std::string& text);
};

// The desk of this process.
Desk real_desk();

}  // namespace davit
