// SPDX-License-Identifier: MIT
// davit new: a definition from a starter template.
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "core/written/new_file.hpp"
#include "core/written/written.hpp"
#include "definitions/templates.hpp"

namespace davit {

namespace {

struct NewOptions {
  std::string name;
  std::string template_name;
};

void declare(Options& o, NewOptions& into) {
  std::vector<std::string> names;
  std::string help = "what it starts from: ";
  for (const Template& one : templates()) {
    names.emplace_back(one.name);
    help += (names.size() > 1 ? "; " : "") + names.back() + ", " + one.about;
  }
  o.positional("NAME", into.name, "of the definition: a-z, 0-9 and . _ - behind the first");
  o.choice("--template,-t TEMPLATE", names, into.template_name, help);
}

// Who approves, as far as the team's files and git say.
std::string approvers(const std::string& folder, Desk& desk) {
  auto written = written_on_disk(folder, "");
  auto repository = Repository::open(desk.directory());
  const auto email = repository ? repository->email() : Result<std::string>(std::string());
  if (!written) return usual_approvers({}, email ? *email : "");
  std::erase_if(written->files,
                [](const WrittenFile& file) { return file.kind != WrittenFile::Kind::team; });
  return usual_approvers(read(*written).team, email ? *email : "");
}

void told(const std::string& path, const NewOptions& options, Desk& desk) {
  if (desk.settings.json) {
    Json json = record("new");
    print(desk, json.set("definition", options.name).set("wrote", Json(Json::Array{path})));
    return;
  }
  desk.out.line("wrote {}", path);
  desk.say("next: edit it · davit check · git add .davit, git commit · davit create {}",
           options.name);
}

Result<ExitStatus> make_new(const NewOptions& options, Desk& desk) {
  const auto folder = find_folder(desk.directory());
  if (!folder) return Error{"there is no .davit/ here or above", "davit init makes one"};
  const std::string called =
      options.template_name.empty() ? templates().front().name : options.template_name;
  DAVIT_TRY(const std::string text, davit::fill(called, options.name, approvers(*folder, desk)));
  const std::string path = *folder + "/definitions/" + options.name + ".toml";
  std::error_code trouble;
  const std::string here = std::filesystem::absolute(desk.path("."), trouble).lexically_normal();
  DAVIT_CHECK(write_new_file(path, text));
  told(seen_from(here, path), options, desk);
  return ExitStatus::done;
}

}  // namespace

Command new_command() {
  return {.name = "new",
          .group = CommandGroup::write,
          .summary = "write a release definition from a starter template",
          .examples = {{"davit new shop", "one script for each environment"},
                       {"davit new shop --template service", "restarts, asks, rolls back"}},
          .declare = from<NewOptions>(declare, make_new)};
}

}  // namespace davit
