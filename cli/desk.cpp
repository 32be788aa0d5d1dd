// SPDX-License-Identifier: MIT
#include "cli/desk.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

std::optional<std::string> variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

bool set(const char* name) {
  const auto value = variable(name);
  return value && !value->empty();
}

// The first of these that is set decides, as for every program (locale(7)).
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (!set(name)) continue;
    const std::string locale = ascii::lowered(*variable(name));
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

// https://no-color.org, https://bixense.com/clicolors
bool wants_colour(bool terminal) {
  if (set("NO_COLOR") || variable("TERM").value_or("") == "dumb") return false;
  const std::string forced = variable("CLICOLOR_FORCE").value_or("");
  return terminal || (!forced.empty() && forced != "0");
}

int columns(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

Writer stream(int descriptor) {
  Writer writer(descriptor);
  writer.terminal = isatty(descriptor) == 1;
  writer.width = writer.terminal ? columns(descriptor) : 0;
  writer.style = {.colour = wants_colour(writer.terminal), .utf8 = locale_is_utf8()};
  return writer;
}

}  // namespace

ExitStatus exit_status(Failure failure) {
  switch (failure) {
    case Failure::failed:
      return ExitStatus::failed;
    case Failure::misused:
      return ExitStatus::misused;
    case Failure::refused:
      return ExitStatus::refused;
    case Failure::busy:
      return ExitStatus::busy;
  }
  return ExitStatus::failed;
}

void Desk::talk(const std::string& text) {
  out.flush();
  err.write(text);
  err.flush();
}

std::optional<std::string> Desk::ask(const std::string& question) {
  if (!somebody()) return std::nullopt;
  talk(question + " ");
  return in.line();
}

Consent Desk::confirm(const std::string& question, const std::vector<Look>& looks) {
  if (settings.yes) return Consent::yes;
  if (!somebody()) return Consent::nobody;
  for (;;) {
    const std::string answer = ascii::lowered(ask(question).value_or("n"));
    if (answer == "y" || answer == "yes") return Consent::yes;
    const auto look = std::find_if(looks.begin(), looks.end(), [&](const Look& one) {
      return !answer.empty() && one.word.starts_with(answer);
    });
    if (look == looks.end()) return Consent::no;
    talk(look->text());
  }
}

Outcome Desk::agreed(const std::string& question, const std::string& command,
                     const std::vector<Look>& looks) {
  switch (confirm(question, looks)) {
    case Consent::yes:
      return Done{};
    case Consent::no:
      return Error{"nothing done"};
    case Consent::nobody:
      break;
  }
  return Error{"nobody is here to ask", command + " --yes", {}, Failure::misused};
}

std::string Desk::path(const std::string& given) const {
  if (settings.directory.empty() || given.starts_with('/')) return given;
  return given.empty() ? settings.directory : settings.directory + "/" + given;
}

Desk real_desk() {
  Input in(STDIN_FILENO);
  in.terminal = isatty(STDIN_FILENO) == 1;
  return {.out = stream(STDOUT_FILENO),
          .err = stream(STDERR_FILENO),
          .in = std::move(in),
          .clock = system_clock(),
          .environment = variable};
}

}  // namespace davit
