// SPDX-License-Identifier: MIT
#include "cli/errors.hpp"

#include "cli/mistakes.hpp"
#include "cli/terminal_text.hpp"

namespace davit {

namespace {

const char* word(Failure failure) {
  switch (failure) {
    case Failure::failed:
      return "failed";
    case Failure::misused:
      return "misused";
    case Failure::refused:
      return "refused";
    case Failure::busy:
      return "busy";
  }
  return "failed";
}

const char* label(Failure failure) {
  return failure == Failure::refused || failure == Failure::busy ? word(failure) : "error";
}

std::string for_people(const Style& style, const Error& error) {
  std::string line = error.place.known() ? terminal_line(text(error.place)) + ": " : "";
  line += style.failed(std::string(label(error.failure)) + ":");
  line += " " + terminal_text(error.message, "  ") + "\n";
  if (!error.hint.empty()) line += "  " + terminal_text(error.hint, "  ") + "\n";
  return line;
}

void tell(Desk& desk, const Error& error) {
  const auto hint = error.hint.empty() ? "" : "\n" + error.hint;
  const auto marked = annotation(desk.err.style.ci, {true, error.place, error.message + hint});
  if (marked.empty())
    desk.err.write(for_people(desk.err.style, error));
  else
    desk.err.raw(marked);
  desk.err.flush();
}

}  // namespace

void tell(Desk& desk, const Error& error, std::string_view command,
          const std::vector<Mistake>& mistakes) {
  desk.out.flush();
  tell(desk, error);
  if (!desk.settings.json) return;
  Json told = to_json(error);
  if (!mistakes.empty()) told.set("mistakes", to_json(mistakes));
  print(desk, record(command).set("error", told));
}

Json to_json(const Error& error) {
  Json json = Json::object();
  json.set("message", error.message).set_if("hint", error.hint);
  if (error.place.known()) json.set("place", to_json(error.place));
  return json.set("failure", word(error.failure))
      .set("exit", static_cast<int>(exit_status(error.failure)));
}

Json to_json(const Place& place) {
  Json json = Json::object();
  json.set("file", place.file).set("line", place.line).set("column", place.column);
  return json.set_if("revision", place.revision);
}

}  // namespace davit
