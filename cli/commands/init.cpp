// SPDX-License-Identifier: MIT
// davit init: the folder .davit/ with the team's file, commented.
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "core/git/repository.hpp"
#include "core/written/new_file.hpp"
#include "definitions/templates.hpp"

namespace davit {

namespace {

struct InitOptions {};

void declare(Options&, InitOptions&) {}

Result<ExitStatus> init(const InitOptions&, Desk& desk) {
  DAVIT_TRY(auto repository, Repository::open(desk.directory()));
  if (repository.top_level().empty())
    return Error{"this repository has no files checked out", "start in a clone of it"};
  const std::string folder = repository.top_level() + "/.davit";
  std::error_code trouble;
  if (std::filesystem::exists(folder, trouble))
    return Error{"there is a .davit/ here already",
                 "davit new NAME adds a definition",
                 {},
                 Failure::refused};
  const auto email = repository.email();
  DAVIT_CHECK(write_new_file(folder + "/team.toml", starter_team(email ? *email : "")));
  if (desk.settings.json) {
    Json json = record("init");
    print(desk, json.set("wrote", Json(Json::Array{".davit/team.toml"})));
    return ExitStatus::done;
  }
  desk.out.line("wrote .davit/team.toml");
  desk.say("next: davit new NAME, to write down how it is released");
  return ExitStatus::done;
}

}  // namespace

Command init_command() {
  return {.name = "init",
          .group = CommandGroup::write,
          .summary = "make the folder .davit/ in this repository",
          .examples = {{"davit init", "writes .davit/team.toml"}},
          .declare = from<InitOptions>(declare, init)};
}

}  // namespace davit
