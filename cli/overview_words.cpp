// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/errors.hpp"
#include "cli/json_record.hpp"
#include "cli/overview.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/when.hpp"
#include "cli/words.hpp"

namespace davit {

namespace {

const char* word(Standing standing) {
  switch (standing) {
    case Standing::nothing:
      return "";
    case Standing::running:
      return "running";
    case Standing::gone:
      return "cut off";
    case Standing::manual:
      return "at a manual step";
    case Standing::interrupted:
      return "interrupted";
  }
  return "";
}

// A release that wants to come in. What was rejected or canceled stands in its own way for good.
std::string waiting_line(const DefinitionOverview& definition, const WaitingOne& waiting,
                         const Style& style, Instant now) {
  auto obstacles = waiting.obstacles;
  const auto ended = std::find_if(obstacles.begin(), obstacles.end(),
                                  [](const Finding& one) { return one.rule == Rule::finished; });
  if (ended != obstacles.end()) obstacles = {Finding(*ended)};
  const Telling telling{.release = {definition.name, waiting.release}, .now = now};
  const auto what = obstacles.empty() ? "may go: davit run" : brief(obstacles, telling);
  const auto number = waiting.release.value;
  if (waiting.refused) return style.failed(fmt::format("✘ {}", number)) + "   " + what;
  return style.waiting(fmt::format("○ {}", number)) + "   " + what;
}

// What is to be seen of one environment, a line each.
std::vector<std::string> cell(const DefinitionOverview& definition, const PlaceOverview& place,
                              const Style& style, Instant now) {
  std::vector<std::string> lines;
  if (place.live)
    lines.push_back(fmt::format("{}   {}",
                                style.live(fmt::format("✔ {}{}", place.live->release.value,
                                                       place.live->partial ? " in part" : "")),
                                style.old(age(place.live->since, now))));
  if (place.setback)
    lines.push_back(fmt::format(
        "{}   {}",
        style.failed(fmt::format("✘ {} {}", place.setback->release.value, place.setback->how)),
        style.old(age(place.setback->at, now))));
  if (place.unfinished)
    lines.push_back(
        style.waiting(fmt::format("◐ {} {}", place.unfinished->value, word(place.standing))));
  if (place.lock)
    lines.push_back(style.waiting(fmt::format("⚠ locked by {} {}: {}", person(place.lock->deed.by),
                                              age(place.lock->deed.at, now),
                                              terminal_line(place.lock->reason))));
  for (const auto& waiting : place.waiting)
    lines.push_back(waiting_line(definition, waiting, style, now));
  if (lines.empty()) lines.push_back(style.old("-"));
  return lines;
}

// Why a definition is not shown, in its row.
std::string trouble(const Error& error, const Style& style) {
  const auto place = error.place.known() ? terminal_line(text(error.place)) + ": " : "";
  return place + style.failed(terminal_line(error.message));
}

void add_rows(TextTable& table, const DefinitionOverview& definition, const Style& style,
              Instant now) {
  std::vector<std::vector<std::string>> columns;
  std::size_t height = 1;
  for (const auto& place : definition.places) {
    columns.push_back(cell(definition, place, style, now));
    height = std::max(height, columns.back().size());
  }
  for (std::size_t i = 0; i < height; ++i) {
    std::vector<std::string> row{i == 0 ? style.bold(definition.name) : ""};
    if (i == 0 && definition.trouble) row.push_back(trouble(*definition.trouble, style));
    for (const auto& column : columns) row.push_back(i < column.size() ? column[i] : "");
    table.row(std::move(row));
  }
}

std::vector<std::string> environment_names(const DefinitionOverview& definition) {
  std::vector<std::string> out;
  for (const auto& place : definition.places) out.push_back(place.environment);
  return out;
}

// Definitions with the same environments share a heading.
void print_tables(Desk& desk, const Overview& overview) {
  const auto& style = desk.out.style;
  TextTable table;
  table.gap(4);
  std::vector<std::string> heading;
  for (const auto& definition : overview.definitions) {
    const auto names = environment_names(definition);
    if (table.empty() || (names != heading && !definition.trouble)) {
      std::vector<std::string> row{style.old("DEFINITION")};
      for (const auto& name : names) row.push_back(style.old(name));
      table.row(std::move(row));
      heading = names;
    }
    add_rows(table, definition, style, overview.now);
  }
  desk.out.write(table.render(style));
}

std::string summary(const Overview& overview) {
  int on_you = 0, waiting = 0, refused = 0, failed = 0, ready = 0, running = 0, unfinished = 0;
  for (const auto& definition : overview.definitions)
    for (const auto& place : definition.places) {
      failed += place.setback ? 1 : 0;
      if (place.unfinished) ++(place.standing == Standing::running ? running : unfinished);
      for (const auto& one : place.waiting)
        ++(one.obstacles.empty() ? ready : one.refused ? refused : one.on_you ? on_you : waiting);
    }
  std::string out;
  const auto add = [&](int count, const std::string& what) {
    if (count > 0) out += fmt::format("{}{} {}", out.empty() ? "" : " · ", count, what);
  };
  add(on_you, on_you == 1 ? "waits on you" : "wait on you");
  add(waiting, waiting == 1 ? "waits" : "wait");
  add(ready, "may go: davit run");
  add(refused, "refused");
  add(running, running == 1 ? "runs" : "run");
  add(unfinished, "unfinished: davit resume");
  add(failed, "failed");
  return out;
}

Json json(const DefinitionOverview& definition, const PlaceOverview& place) {
  Json waiting = Json::array();
  for (const auto& one : place.waiting) {
    Json rules = Json::array();
    for (const auto& finding : one.obstacles) rules.push(to_json(finding));
    waiting.push(Json::object()
                     .set("release", text(ReleaseId{definition.name, one.release}))
                     .set("refused", one.refused)
                     .set("on_you", one.on_you)
                     .set("obstacles", rules));
  }
  Json out = Json::object().set("environment", place.environment);
  if (place.live)
    out.set("live", Json::object()
                        .set("release", text(ReleaseId{definition.name, place.live->release}))
                        .set("since", text(place.live->since))
                        .set_if("partial", place.live->partial));
  if (place.last)
    out.set("last", Json::object()
                        .set("release", text(ReleaseId{definition.name, *place.last}))
                        .set("outcome", text(place.last_ended.value_or(Ended::failed)))
                        .set("at", text(place.last_at)));
  if (place.setback)
    out.set("failed", Json::object()
                          .set("release", text(ReleaseId{definition.name, place.setback->release}))
                          .set("attempt", place.setback->attempt)
                          .set("outcome", place.setback->how)
                          .set("at", text(place.setback->at))
                          .set_if("message", place.setback->message));
  if (place.unfinished)
    out.set("unfinished", Json::object()
                              .set("release", text(ReleaseId{definition.name, *place.unfinished}))
                              .set("stands", word(place.standing)));
  if (place.lock)
    out.set("lock", Json::object()
                        .set("by", place.lock->deed.by)
                        .set("reason", place.lock->reason)
                        .set("since", text(place.lock->deed.at)));
  return out.set("waiting", waiting);
}

}  // namespace

Json to_json(const Overview& overview) {
  Json definitions = Json::array();
  for (const auto& definition : overview.definitions) {
    Json places = Json::array();
    for (const auto& place : definition.places) places.push(json(definition, place));
    Json one = Json::object().set("name", definition.name).set("environments", places);
    if (definition.trouble) one.set("error", to_json(*definition.trouble));
    definitions.push(one);
  }
  return record("status").set("as_of", text(overview.now)).set("definitions", definitions);
}

void print(Desk& desk, const Overview& overview) {
  if (overview.definitions.empty()) {
    desk.out.line("no definitions yet; davit new NAME writes one");
    return;
  }
  print_tables(desk, overview);
  const auto line = summary(overview);
  if (!line.empty()) desk.out.line("{}", line);
}

}  // namespace davit
