// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/changes_words.hpp"
#include "cli/checking.hpp"
#include "cli/commands.hpp"
#include "cli/conducting.hpp"
#include "cli/errors.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/progress.hpp"
#include "cli/promoting.hpp"
#include "cli/release_words.hpp"
#include "cli/ssh_options.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "core/plan/plan.hpp"
#include "core/release/cut.hpp"

namespace davit {

namespace {

struct CreateOptions {
  std::optional<std::string> definition;
  std::vector<std::string> artifacts, values;
  std::optional<std::string> note;
  SshOptions ssh;
  bool draft = false, dirty = false, deploy = false, verbose = false;
};

void declare(Options& o, CreateOptions& into) {
  o.positional("DEFINITION", into.definition,
               "what to release; may be left out where there is one");
  o.value("--artifact NAME=FILE", into.artifacts, "take this file or address for an artifact");
  o.value("--set NAME=VALUE", into.values, "give a variable its value for this release");
  o.value("--note TEXT", into.note, "why, for whoever reads it later");
  o.flag("--draft", into.draft, "not to be deployed before `davit start`");
  o.flag("--dirty", into.dirty, "take uncommitted definitions; the release is untrusted");
  o.flag("--deploy", into.deploy, "then do all that may happen now, as `davit run`");
  declare(o, into.ssh);
  o.flag("--verbose", into.verbose, "with --deploy: every line, unfolded, as it comes");
}

Result<std::pair<std::string, std::string>> pair(const std::string& written, const char* option) {
  const auto equals = written.find('=');
  if (equals != std::string::npos && equals > 0)
    return std::pair{written.substr(0, equals), written.substr(equals + 1)};
  return Error{fmt::format("{} {}: expected NAME=…", option, written),
               "davit create --help",
               {},
               Failure::misused};
}

Result<Cut> wish(const CreateOptions& options, Office& office) {
  Cut cut;
  if (options.definition) {
    cut.definition = *options.definition;
  } else {
    DAVIT_TRY(cut.definition, office.registry().only_definition());
  }
  for (const auto& written : options.artifacts) {
    DAVIT_TRY(auto one, pair(written, "--artifact"));
    cut.artifacts.push_back(std::move(one));
  }
  for (const auto& written : options.values) {
    DAVIT_TRY(auto one, pair(written, "--set"));
    cut.values.push_back(std::move(one));
  }
  cut.draft = options.draft;
  cut.dirty = options.dirty;
  cut.note = options.note.value_or("");
  return cut;
}

// One progress line an artifact, when it takes long.
ArtifactProgress watch(Desk& desk, std::unique_ptr<ProgressLine>& line, std::string& of) {
  return [&](const std::string& name, std::int64_t done, std::int64_t total) {
    if (of != name)
      line = std::make_unique<ProgressLine>(desk, name, total, ProgressLine::Unit::bytes);
    of = name;
    line->at(done);
  };
}

void print_artifacts(Desk& desk, const Release& release) {
  TextTable table;
  table.indent(2);
  for (const auto& artifact : release.artifacts)
    table.row({artifact.name, terminal_line(artifact.source), size_text(artifact.size),
               "sha256:" + artifact.digest.abbreviated() + "…"});
  desk.out.write(table.render(desk.out.style));
}

void print_release(Desk& desk, Office& office, const std::string& definition,
                   const Release& release) {
  const ReleaseId id{definition, release.number};
  desk.out.line("{}  {}  at {} \"{}\"{}{}", desk.out.style.bold(text(id)),
                terminal_line(release.name), release.definition.commit.substr(0, 7),
                terminal_line(release.subject),
                release.definition.branch.empty() ? "" : " (" + release.definition.branch + ")",
                release.status == Release::Status::draft ? "  draft" : "");
  print_artifacts(desk, release);
  if (release.untrusted)
    desk.say("untrusted: its commit is not on {}; it goes only where untrusted = true",
             office.registry().trusted());
  if (release.number.value < 2) return;
  auto before = office.registry().ledger(definition).present({{release.number.value - 1}});
  const auto* previous = before ? before->release({release.number.value - 1}) : nullptr;
  if (!previous) return;
  const auto since = changes(office.registry(), definition, previous, release);
  if (since && since->unknown.empty())
    desk.say("since {}/{}: {}", definition, previous->number.value,
             commits_in_brief(since->commits));
}

// What the file asks for that davit can't do yet, said when it is cut and not only when it bites.
void say_unsupported(Desk& desk, const Definition& definition) {
  if (definition.triggers)
    desk.say("not yet supported: triggers ({}); releases are cut by davit create",
             text(definition.triggers->place));
}

// What a release would be cut from, checked like `davit check` does.
Result<Checked> checked_before(Office& office, const Cut& request) {
  auto& repository = office.repository;
  if (!request.dirty || repository.bare()) return check_commit(repository, "HEAD");
  return check_paths(repository.top_level(), {definition_path(request.definition)});
}

// The definition's mistakes, by itself and beside the team's files; none is cut with one.
bool tell_mistakes(Office& office, Desk& desk, const Cut& request) {
  auto found = checked_before(office, request);
  if (!found) return false;  // whoever cuts it will say why
  auto& mistakes = found->mistakes;
  const auto file = definition_path(request.definition);
  std::erase_if(mistakes, [&](const Mistake& one) { return one.place.file != file; });
  if (mistakes.empty()) return false;
  auto shown = mistakes;
  for (auto& one : shown) one.place.revision.clear();
  desk.err.write(mistakes_text(shown, found->sources(), desk.err.style));
  tell(desk,
       {fmt::format("{} has {}; no release was cut", request.definition,
                    counted(static_cast<std::int64_t>(mistakes.size()), "mistake")),
        "mend and commit it, then davit create " + request.definition, mistakes.front().place},
       "create", mistakes);
  return true;
}

Result<ExitStatus> create(const CreateOptions& options, Desk& desk) {
  DAVIT_TRY(auto ssh, said(options.ssh, desk));
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto request, wish(options, *office));
  DAVIT_TRY(auto actor, office->actor());
  if (tell_mistakes(*office, desk, request)) return ExitStatus::failed;
  std::unique_ptr<ProgressLine> line;
  std::string of;
  const auto made = cut(office->registry(), request, actor, desk.clock, watch(desk, line, of));
  line.reset();
  if (!made) return made.error();
  const auto& release = *made;
  Json told = record("create").set("release", to_json(release, request.definition));
  if (!desk.settings.json) print_release(desk, *office, request.definition, release);
  DAVIT_TRY(const auto rules, office->registry().rules(request.definition));
  say_unsupported(desk, rules.definition);
  auto status = ExitStatus::done;
  if (options.deploy) {
    Promoter promoter(*office, desk, actor, {options.verbose, false, std::move(ssh)});
    DAVIT_TRY(status, promoter.run_all({request.definition}));
    told.set("deployments", promoter.deployments()).set("waiting", promoter.waiting());
  } else if (release.status == Release::Status::draft) {
    desk.say("next: davit start {}/{}", request.definition, release.number.value);
  } else {
    desk.say("next: davit run {}", request.definition);
  }
  if (desk.settings.json) print(desk, told);
  return status;
}

}  // namespace

Command create_command() {
  return {.name = "create",
          .group = CommandGroup::promote,
          .summary = "cut a release: pin definition, artifacts and values",
          .about =
              "The definition is the committed one. Artifacts are copied into this clone's "
              "store and pinned by SHA-256; what is deployed later is exactly that.",
          .examples = {{"davit create storefront", "the next release, from what is committed"},
                       {"davit create storefront --artifact app=build/app.tgz --deploy",
                        "this file, and on to wherever it may go"}},
          .declare = from(declare, create)};
}

}  // namespace davit
