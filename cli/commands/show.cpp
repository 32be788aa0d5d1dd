// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <set>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/pipeline.hpp"
#include "cli/progress.hpp"
#include "cli/release_words.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "cli/when.hpp"
#include "cli/words.hpp"
#include "core/deployment/deploy.hpp"

namespace davit {

namespace {

struct ShowOptions {
  std::string release;
};

void declare(Options& o, ShowOptions& into) {
  o.positional("RELEASE", into.release, "NAME/NUMBER, or NAME for its newest");
}

void print_pins(Desk& desk, const Release& release) {
  TextTable table;
  table.indent(2);
  for (const auto& artifact : release.artifacts)
    table.row({artifact.name, terminal_line(artifact.source), terminal_line(artifact.version),
               size_text(artifact.size), "sha256:" + artifact.digest.hex});
  for (const auto& [name, value] : release.values) table.row({name, terminal_line(value)});
  desk.out.write(table.render(desk.out.style));
}

// In the pipeline's order, where today's definition can be read.
std::vector<std::string> environments_of(Office& office, const std::string& definition,
                                         const Release& release) {
  std::set<std::string> names;
  for (const auto& [name, attempts] : release.attempts) names.insert(name);
  const auto rules = office.registry().rules(definition);
  return by_pipeline(rules ? rules->definition : Definition{}, names);
}

// Why it ended so, and on which targets it was done when not on all.
std::string said_of(const Attempt& attempt) {
  const auto narrowed = attempt.started
                            ? text(attempt.narrowing, static_cast<std::size_t>(attempt.targets),
                                   static_cast<std::size_t>(attempt.of))
                            : text(attempt.narrowing);
  if (narrowed.empty() || attempt.message.starts_with(narrowed)) return attempt.message;
  return narrowed + (attempt.message.empty() ? "" : ": ") + attempt.message;
}

void print_attempts(Desk& desk, const Release& release,
                    const std::vector<std::string>& environments) {
  TextTable table;
  table.indent(2);
  const auto now = desk.clock.now();
  for (const auto& environment : environments)
    for (const auto& attempt : release.attempts.at(environment)) {
      const auto& deed = attempt.finished ? attempt.finished : attempt.started;
      table.row({environment, fmt::format("#{}", attempt.number), attempt.outcome(),
                 deed ? when(deed->at, now) : "", deed ? "by " + person(deed->by) : "",
                 terminal_line(said_of(attempt))});
      for (const auto& decision : attempt.decisions)
        table.row({"", "", decision.approves ? "approved" : "rejected", when(decision.deed.at, now),
                   "by " + person(decision.deed.by), terminal_line(decision.comment)});
    }
  desk.out.write(table.render(desk.out.style));
}

void print_release(Desk& desk, Office& office, const std::string& definition,
                   const Release& release) {
  const auto& style = desk.out.style;
  std::string marks;
  if (release.status != Release::Status::active) marks += fmt::format("  {}", text(release.status));
  if (release.bad) marks += "  " + style.failed("bad: " + terminal_line(*release.bad));
  if (release.untrusted) marks += "  " + style.waiting("untrusted");
  desk.out.line("{}  {}{}", style.bold(text(ReleaseId{definition, release.number})),
                terminal_line(release.name), marks);
  desk.out.line("  cut {} by {} at {} \"{}\"", when(release.created.at, desk.clock.now()),
                person(release.created.by), release.definition.commit.substr(0, 7),
                terminal_line(release.subject));
  if (!release.note.empty()) desk.out.line("  {}", terminal_line(release.note));
  print_pins(desk, release);
  print_attempts(desk, release, environments_of(office, definition, release));
}

// "NAME/NUMBER", or a definition's newest.
Result<ReleaseId> meant(const std::string& written, Office& office) {
  if (auto id = parse_release(written)) return *std::move(id);
  DAVIT_TRY(const auto rules, office.registry().rules(written));
  DAVIT_TRY(const auto state, office.registry().ledger(written).present());
  return ReleaseId{written, state.last_release};
}

Result<ExitStatus> show(const ShowOptions& options, Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto id, meant(options.release, *office));
  DAVIT_TRY(const auto state, office->registry().ledger(id.definition).present({id.number}));
  const auto* release = state.release(id.number);
  if (!release) return no_release(state, id);
  if (desk.settings.json)
    print(desk, record("show").set("release", to_json(*release, id.definition)));
  else
    print_release(desk, *office, id.definition, *release);
  return ExitStatus::done;
}

}  // namespace

Command show_command() {
  return {.name = "show",
          .group = CommandGroup::look,
          .summary = "a release: what it pins, and what became of it where",
          .examples = {{"davit show storefront/17", "artifacts, values, attempts, decisions"},
                       {"davit show storefront", "its newest release"}},
          .declare = from(declare, show)};
}

}  // namespace davit
