// SPDX-License-Identifier: MIT
#include "core/parallel/parallel.hpp"
#include "core/written/written.hpp"
#include "definitions/name.hpp"
#include "definitions/reader.hpp"

namespace davit {

namespace {

constexpr std::size_t kWorthAThread = 32;  // files

struct Readings {
  std::vector<Reading<Definition>> definitions;
  std::vector<Reading<Team>> teams;
};

Readings read_all(const Written& written) {
  const std::size_t count = written.files.size();
  Readings readings{std::vector<Reading<Definition>>(count), std::vector<Reading<Team>>(count)};
  in_parallel(count, kWorthAThread, [&](std::size_t i) {
    const WrittenFile& file = written.files[i];
    if (!file.readable) return;
    if (file.kind == WrittenFile::Kind::team)
      readings.teams[i] = read_team(file.text, file.path, written.revision);
    else
      readings.definitions[i] = read_definition(file.text, file.name, file.path, written.revision);
  });
  return readings;
}

Mistake bad_name(const WrittenFile& file) {
  return {.place = {file.path, 1, 1},
          .message = "'" + file.name + "' can't be the name of a definition",
          .hint = "rename the file: a-z and 0-9, then also . _ -, at most 63"};
}

}  // namespace

Project read(const Written& written) {
  Readings readings = read_all(written);
  Project project;
  project.mistakes = written.unreadable;
  const auto note = [&](std::vector<Mistake>& mistakes) {
    project.mistakes.insert(project.mistakes.end(), mistakes.begin(), mistakes.end());
  };
  std::vector<Reading<Team>> teams;
  for (std::size_t i = 0; i < written.files.size(); ++i) {
    const WrittenFile& file = written.files[i];
    if (!file.readable) continue;
    const bool definition = file.kind == WrittenFile::Kind::definition;
    if (definition && !is_name(file.name)) project.mistakes.push_back(bad_name(file));
    if (!definition) {
      teams.push_back(std::move(readings.teams[i]));
    } else {
      note(readings.definitions[i].mistakes);
      project.definitions.push_back(std::move(readings.definitions[i].value));
    }
  }
  Reading<Team> team = merge_teams(std::move(teams));
  note(team.mistakes);
  project.team = std::move(team.value);
  return project;
}

}  // namespace davit
