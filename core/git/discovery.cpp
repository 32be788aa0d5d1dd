// SPDX-License-Identifier: MIT
#include "core/git/discovery.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

namespace davit {

namespace {

using Lines = std::vector<std::string>;

// git 2.39 does not know this and answers with the question.
constexpr std::string_view kRefFormat = "--show-ref-format";

Lines lines_of(std::string_view text) {
  Lines made;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    made.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return made;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\n") - first + 1));
}

Error unreadable(std::string_view what) {
  return {fmt::format("this repository {}, which davit can't read", what),
          "keep the releases in a repository made with plain `git init`"};
}

// The words git uses for why it found none, as ours.
Error not_found(const Finished& said) {
  const auto lines = lines_of(said.errors);
  auto first = lines.empty() ? fmt::format("git ended with {}", said.status) : lines.front();
  if (first.rfind("fatal: ", 0) == 0) first.erase(0, 7);
  if (holds(said.errors, "refstorage")) return unreadable("keeps its refs as reftable");
  if (holds(first, "not a git repository (or any"))
    return {"not in a git repository", "go to one, or make one with `git init`"};
  if (holds(first, "not a git repository"))
    return {first, "GIT_DIR leads there; unset it, or set it to a repository"};
  for (const auto& line : lines)
    if (holds(line, "safe.directory"))
      if (const auto way_out = trimmed(line); way_out.rfind("git config", 0) == 0)
        return {fmt::format("git does not trust this repository: {}", first),
                fmt::format("if you do: {}", way_out)};
  return {fmt::format("git can't open this repository: {}", first)};
}

std::string canonical(const std::string& path) {
  std::error_code failed;
  const auto found = std::filesystem::canonical(path, failed);
  return failed ? path : found.string();
}

bool is_inside(const std::string& path, const std::string& folder) {
  return path == folder || path.rfind(folder + "/", 0) == 0;
}

std::string top_level(const std::string& directory, const std::string& up, const GitPaths& paths) {
  const bool absolute = !up.empty() && up.front() == '/';
  const auto from = directory.empty() ? "." : directory;
  const auto top = canonical(absolute ? up : fmt::format("{}/{}", from, up));
  // A hook of a push runs in the git directory, which git then takes for the working tree.
  return is_inside(top, paths.git_directory) ? "" : top;
}

// In the order of the questions in discover().
Result<GitPaths> understood(const Lines& said, const std::string& directory) {
  constexpr std::size_t kAnswers = 6;
  if (!said.empty() && said.front() == "--path-format=absolute")
    return Error{"this git is too old", "davit needs git 2.31 or newer"};
  if (said.size() < kAnswers || said.size() > kAnswers + 1)
    return Error{"can't make out where the repository is: its path holds a line break"};
  if (said[0] != "sha1") return unreadable(fmt::format("names its objects by {}", said[0]));
  if (said[1] != kRefFormat && said[1] != "files")
    return unreadable(fmt::format("keeps its refs as {}", said[1]));
  GitPaths paths{canonical(said[2]), canonical(said[3]), "", canonical(said[4]), said[5]};
  paths.in_quarantine = paths.objects != canonical(paths.common_directory + "/objects");
  // Only where there is a working tree does git answer the last question.
  if (said.size() > kAnswers) paths.top_level = top_level(directory, said[kAnswers], paths);
  return paths;
}

}  // namespace

Result<GitPaths> discover(const std::string& directory) {
  Invocation ask{{"git", "rev-parse", "--path-format=absolute", "--show-object-format",
                  std::string(kRefFormat), "--absolute-git-dir", "--git-common-dir", "--git-path",
                  "objects", "--git-path", "index", "--show-cdup"}};
  ask.directory = directory;
  ask.environment = {{"LC_ALL", "C"}};
  DAVIT_TRY(const auto said, run(ask));
  if (said.status != 0) return not_found(said);
  return understood(lines_of(said.output), directory);
}

Invocation git_command(const GitPaths& paths, const std::vector<std::string>& arguments) {
  Invocation command{{"git"}};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.directory = paths.top_level.empty() ? paths.git_directory : paths.top_level;
  command.environment = {{"LC_ALL", "C"},
                         {"GIT_TERMINAL_PROMPT", "0"},
                         {"GIT_OPTIONAL_LOCKS", "0"},
                         {"GIT_NO_REPLACE_OBJECTS", "1"},
                         {"GIT_DIR", paths.git_directory}};
  if (!paths.top_level.empty()) command.environment.emplace_back("GIT_WORK_TREE", paths.top_level);
  if (paths.in_quarantine) command.environment.emplace_back("GIT_OBJECT_DIRECTORY", paths.objects);
  if (paths.common_directory != paths.git_directory)
    command.environment.emplace_back("GIT_COMMON_DIR", paths.common_directory);
  command.without = {"GIT_WORK_TREE",      "GIT_COMMON_DIR",         "GIT_INDEX_FILE",
                     "GIT_PREFIX",         "GIT_IMPLICIT_WORK_TREE", "GIT_NAMESPACE",
                     "GIT_CONFIG",         "GIT_EXTERNAL_DIFF",      "GIT_LITERAL_PATHSPECS",
                     "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS",   "GIT_ICASE_PATHSPECS"};
  return command;
}

}  // namespace davit
