// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <thread>

#include "core/written/written.hpp"
#include "definitions/name.hpp"
#include "definitions/reader.hpp"

namespace davit {

namespace {

constexpr std::size_t kWorthAThread = 32;  // files; a thread costs about as much as reading one

struct Readings {
  std::vector<Reading<Definition>> definitions;
  std::vector<Reading<Team>> teams;
};

// Reads the next file that nobody has read, until all are.
void read_some(const Written& written, std::atomic<std::size_t>& next, Readings& into) {
  for (std::size_t i = next++; i < written.files.size(); i = next++) {
    const WrittenFile& file = written.files[i];
    if (!file.readable) continue;
    if (file.kind == WrittenFile::Kind::team)
      into.teams[i] = read_team(file.text, file.path, written.revision);
    else
      into.definitions[i] = read_definition(file.text, file.name, file.path, written.revision);
  }
}

Readings read_all(const Written& written) {
  const std::size_t count = written.files.size();
  Readings readings{std::vector<Reading<Definition>>(count), std::vector<Reading<Team>>(count)};
  std::atomic<std::size_t> next = 0;
  const std::size_t cores = std::min<std::size_t>(std::thread::hardware_concurrency(), 8);
  const std::size_t helpers = std::min(std::max<std::size_t>(cores, 1) - 1, count / kWorthAThread);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < helpers; ++i)
    threads.emplace_back([&] { read_some(written, next, readings); });
  read_some(written, next, readings);
  for (std::thread& thread : threads) thread.join();
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
