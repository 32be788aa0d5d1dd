// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/when.hpp"
#include "cli/words.hpp"

namespace davit {

namespace {

struct HistoryOptions {
  std::optional<std::string> definition;
  std::optional<int> limit;
};

void declare(Options& o, HistoryOptions& into) {
  o.positional("DEFINITION", into.definition, "may be left out where there is one");
  o.value("--limit,-n COUNT", into.limit,
          "so many entries, newest first; 30 unless told, 0 for all");
}

Json json(const Entry& entry) {
  Json events = Json::array();
  for (const auto& line : entry.lines) {
    auto event = Json::parse(line);
    events.push(event ? *std::move(event) : Json(line));
  }
  return Json::object()
      .set("commit", entry.commit)
      .set("sequence", entry.sequence)
      .set("events", events);
}

void print_entries(Desk& desk, const std::string& definition, const std::vector<Entry>& entries) {
  TextTable table;
  for (const auto& entry : entries)
    for (auto event = entry.events.rbegin(); event != entry.events.rend(); ++event)
      table.row({desk.out.style.old(when(event->at, desk.clock.now())), person(event->by),
                 terminal_line(sentence(definition, *event))});
  desk.out.write(table.render(desk.out.style));
}

Result<ExitStatus> history(const HistoryOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  std::string definition = options.definition.value_or("");
  if (definition.empty()) {
    DAVIT_TRY(definition, office->registry().only_definition());
  }
  const int limit = options.limit.value_or(30);
  if (limit < 0) return Error{"--limit can't be negative", "0 shows all", {}, Failure::misused};
  auto ledger = office->registry().ledger(definition);
  DAVIT_TRY(const auto entries, ledger.history(static_cast<std::size_t>(limit)));
  if (entries.empty()) DAVIT_CHECK(office->registry().rules(definition));
  if (desk.settings.json) {
    Json all = Json::array();
    for (const auto& entry : entries) all.push(json(entry));
    print(desk, record("history").set("definition", definition).set("entries", all));
    return ExitStatus::done;
  }
  if (entries.empty()) desk.out.line("nothing has happened yet; davit create {}", definition);
  print_entries(desk, definition, entries);
  return ExitStatus::done;
}

}  // namespace

Command history_command() {
  return {.name = "history",
          .group = CommandGroup::look,
          .summary = "what happened, who did it and when, newest first",
          .examples = {{"davit history storefront", "the newest 30"},
                       {"davit history storefront -n 0 --json", "all of it, for a program"}},
          .declare = from(declare, history)};
}

}  // namespace davit
