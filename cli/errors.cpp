// SPDX-License-Identifier: MIT
#include "cli/errors.hpp"

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

}  // namespace

void tell(Desk& desk, const Error& error, std::string_view command) {
  desk.out.flush();
  std::string line = error.place.known() ? terminal_line(text(error.place)) + ": " : "";
  line += desk.err.style.failed(std::string(label(error.failure)) + ":");
  line += " " + terminal_text(error.message, "  ");
  desk.err.line("{}", line);
  if (!error.hint.empty()) desk.err.line("  {}", terminal_text(error.hint, "  "));
  desk.err.flush();
  if (!desk.settings.json) return;
  Json told = record(command);
  print(desk, told.set("error", to_json(error)));
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
