// SPDX-License-Identifier: MIT
// davit check: every mistake of every file at once.
#include <fmt/format.h>

#include <set>

#include "cli/checking.hpp"
#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/words.hpp"

namespace davit {

namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string format;
  std::string at;
  std::string name;
  bool staged = false;
};

void declare(Options& o, CheckOptions& into) {
  o.positional("PATH", into.paths,
               "files or folders; '-' reads standard input; else all of .davit/");
  o.choice("--format", {"text", "github", "azure", "teamcity", "json"}, into.format,
           "how mistakes are printed");
  o.flag("--staged", into.staged, "what git would commit now, not what is on disk");
  o.value("--at REVISION", into.at, "what a commit, branch or tag holds");
  o.value("--name PATH", into.name, "with '-': the file that standard input will be");
}

Result<Checked> checked(const CheckOptions& options, Desk& desk) {
  const bool elsewhere = options.staged || !options.at.empty();
  if (elsewhere && (!options.paths.empty() || (options.staged && !options.at.empty())))
    return Error{"PATH, --staged and --at say where to look: only one of them can be",
                 {},
                 {},
                 Failure::misused};
  if (elsewhere) {
    DAVIT_TRY(auto repository, Repository::open(desk.directory()));
    return options.staged ? check_index(repository) : check_commit(repository, options.at);
  }
  if (options.paths == std::vector<std::string>{"-"}) return check_input(desk, options.name);
  return check_paths(desk.directory(), options.paths);
}

void print_json(Desk& desk, const Checked& checked) {
  Json json = record("check");
  json.set("ok", checked.mistakes.empty());
  json.set("files", static_cast<std::int64_t>(checked.files.size()));
  print(desk, json.set("mistakes", to_json(checked.mistakes)));
}

// "2 errors in 1 of 14 definitions"; of files, when a team's file has mistakes, too.
std::string summary(const Checked& checked) {
  std::set<std::string> wrong;
  for (const Mistake& mistake : checked.mistakes) wrong.insert(mistake.place.file);
  std::int64_t definitions = 0;
  bool only_definitions = true;
  for (const WrittenFile& file : checked.files) {
    const bool definition = file.kind == WrittenFile::Kind::definition;
    definitions += definition ? 1 : 0;
    if (!definition && wrong.count(file.path) > 0) only_definitions = false;
  }
  const auto all = static_cast<std::int64_t>(checked.files.size());
  const std::string looked_at =
      only_definitions ? counted(definitions, "definition") : counted(all, "file");
  const auto errors = static_cast<std::int64_t>(checked.mistakes.size());
  if (errors == 0) return fmt::format("no errors in {}", looked_at);
  return fmt::format("{} in {} of {}", counted(errors, "error"), wrong.size(), looked_at);
}

// The format that is a CI system's own; of one that has no annotations, text.
const char* name(CiForm form) {
  switch (form) {
    case CiForm::github:
      return "github";
    case CiForm::azure:
      return "azure";
    case CiForm::teamcity:
      return "teamcity";
    case CiForm::gitlab:
    case CiForm::none:
      break;
  }
  return "text";
}

std::string format_of(const CheckOptions& options, Desk& desk) {
  if (desk.settings.json) return "json";
  if (!options.format.empty()) return options.format;
  return name(desk.out.style.ci);
}

Result<ExitStatus> check_all(const CheckOptions& options, Desk& desk) {
  DAVIT_TRY(const Checked found, checked(options, desk));
  const std::string format = format_of(options, desk);
  if (format == "json") print_json(desk, found);
  for (const auto form : {CiForm::github, CiForm::azure, CiForm::teamcity})
    if (format == name(form)) desk.out.raw(annotations(form, found.mistakes));
  if (format == "text")
    desk.out.write(mistakes_text(found.mistakes, found.sources(), desk.out.style));
  const bool fine = found.mistakes.empty();
  if (format != "json" && !(fine && desk.settings.quiet)) desk.out.line("{}", summary(found));
  return fine ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace

Command check_command() {
  return {
      .name = "check",
      .group = CommandGroup::write,
      .summary = "find every mistake in definitions and team files",
      .about = "Reads nothing but files and runs nothing. Exit status 1 when there are mistakes.",
      .examples = {{"davit check", "all of .davit/"},
                   {"davit check --staged", "for a pre-commit hook"},
                   {"davit check --format github --at HEAD", "for a CI job"},
                   {"davit check - --name .davit/definitions/shop.toml < draft", "an editor"}},
      .declare = from<CheckOptions>(declare, check_all)};
}

}  // namespace davit
