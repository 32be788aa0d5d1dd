// SPDX-License-Identifier: MIT
#include "core/git/repository.hpp"

#include <fmt/format.h>

namespace davit {

namespace {

// The records of git's output, each ended by a separator.
std::vector<std::string_view> records(std::string_view text, char end) {
  std::vector<std::string_view> made;
  for (std::size_t at = 0; at < text.size();) {
    const auto stop = std::min(text.find(end, at), text.size());
    made.push_back(text.substr(at, stop - at));
    at = stop + 1;
  }
  return made;
}

// git's words without its "fatal: ": the first line says what, the others what to do.
Error in_gits_words(const std::vector<std::string>& arguments, const Finished& said) {
  const auto lines = records(said.errors, '\n');
  auto word = arguments.begin();  // behind "-c name=value"
  while (*word == "-c" && arguments.end() - word > 2) word += 2;
  if (lines.empty()) return {fmt::format("git {} ended with {}", *word, said.status)};
  std::string message(lines.front());
  for (const std::string_view start : {"fatal: ", "error: "})
    if (message.rfind(start, 0) == 0) message.erase(0, start.size());
  std::string hint;
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (!lines[i].empty()) hint += (hint.empty() ? "" : "\n") + std::string(lines[i]);
  return {fmt::format("git {}: {}", *word, message), hint};
}

}  // namespace

Result<Repository> Repository::open(const std::string& directory) {
  DAVIT_TRY(auto paths, discover(directory));
  return Repository(std::move(paths));
}

Result<std::optional<GitObject>> Repository::object(const std::string& name) {
  DAVIT_TRY(auto found, objects({name}));
  return std::move(found.front());
}

Result<std::vector<std::optional<GitObject>>> Repository::objects(
    const std::vector<std::string>& names) {
  std::vector<std::optional<GitObject>> found(names.size());
  DAVIT_CHECK(each_object(names, [&](std::size_t i, std::optional<GitObject> object) {
    found[i] = std::move(object);
  }));
  return found;
}

Outcome Repository::each_object(const std::vector<std::string>& names, const CatFile::Take& take) {
  return cat_file_.read(names, take);
}

Result<std::string> Repository::blob(const std::string& name) {
  DAVIT_TRY(auto found, object(name));
  if (!found) return Error{fmt::format("there is no {}", name)};
  if (found->type != "blob") return Error{fmt::format("{} is no file", name)};
  return std::move(found->bytes);
}

Result<std::vector<TreeEntry>> Repository::tree(const std::string& name) {
  const bool is_path = name.find(':') != std::string::npos;
  DAVIT_TRY(const auto found, object(is_path ? name : name + "^{tree}"));
  if (!found || found->type != "tree") return std::vector<TreeEntry>{};
  auto entries = parse_tree(found->bytes);
  if (!entries)
    return Error{fmt::format("the tree {} is damaged", found->id), "`git fsck` says more"};
  return std::move(*entries);
}

Result<std::optional<std::string>> Repository::resolve(const std::string& name) {
  if (name.empty()) return std::optional<std::string>();
  DAVIT_TRY(const auto found, object(name + "^{commit}"));
  return found ? std::optional(found->id) : std::nullopt;
}

Result<std::vector<std::pair<std::string, std::string>>> Repository::staged(
    const std::string& folder) {
  const std::vector<std::string> arguments{
      "--literal-pathspecs", "ls-files", "--stage", "-z", "--", folder.empty() ? "." : folder};
  auto command = git_command(paths_, arguments);
  command.environment.emplace_back("GIT_INDEX_FILE", paths_.index);
  DAVIT_TRY(const auto said, run(command));
  if (said.status != 0) return in_gits_words({"ls-files"}, said);
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto record : records(said.output, '\0')) {
    // "100644 <id> <stage>\t<path>"
    const auto tab = record.find('\t');
    const auto id = record.find(' ') + 1;
    const auto stage = record.find(' ', id) + 1;
    if (tab == std::string_view::npos || record.rfind("160000", 0) == 0 || record[stage] != '0')
      continue;
    files.emplace_back(record.substr(tab + 1), record.substr(id, stage - 1 - id));
  }
  return files;
}

Result<std::string> Repository::git(const std::vector<std::string>& arguments,
                                    const std::string& input) {
  DAVIT_TRY(auto said, ask_git(arguments, input));
  if (said.status != 0) return in_gits_words(arguments, said);
  return std::move(said.output);
}

Result<Finished> Repository::ask_git(const std::vector<std::string>& arguments,
                                     const std::string& input) {
  auto command = git_command(paths_, arguments);
  command.input = input;
  return run(command);
}

Outcome Repository::stream_git(const std::vector<std::string>& arguments,
                               const std::function<Outcome(std::string_view)>& take) {
  auto command = git_command(paths_, arguments);
  command.output_to = take;
  DAVIT_TRY(const auto said, run(command));
  if (said.status != 0) return in_gits_words(arguments, said);
  return Done{};
}

Result<std::string> Repository::user(const std::string& key) {
  if (!user_) {
    DAVIT_TRY(const auto said,
              ask_git({"config", "--null", "--get-regexp", "^user\\.(name|email)$"}));
    if (said.status > 1) return in_gits_words({"config"}, said);
    user_.emplace();
    // "user.email\nalice@example.com"
    for (const auto record : records(said.output, '\0')) {
      const auto line = record.find('\n');
      if (line != std::string_view::npos)
        user_->emplace_back(record.substr(0, line), record.substr(line + 1));
    }
  }
  std::string found;  // the last one counts
  for (const auto& [name, value] : *user_)
    if (name == key) found = value;
  return found;
}

Result<std::string> Repository::email() {
  DAVIT_TRY(auto found, user("user.email"));
  if (found.empty())
    return Error{"git doesn't know your e-mail address",
                 "git config --global user.email you@example.com"};
  return found;
}

Result<std::string> Repository::user_name() {
  DAVIT_TRY(auto found, user("user.name"));
  if (found.empty())
    return Error{"git doesn't know your name", "git config --global user.name \"Your Name\""};
  return found;
}

Result<std::string> Repository::branch() {
  DAVIT_TRY(const auto said, ask_git({"symbolic-ref", "--quiet", "--short", "HEAD"}));
  if (said.status > 1) return in_gits_words({"symbolic-ref"}, said);
  return said.output.substr(0, said.output.find('\n'));
}

Result<bool> Repository::is_ancestor(const std::string& commit, const std::string& of) {
  DAVIT_TRY(const auto said, ask_git({"merge-base", "--is-ancestor", commit, of}));
  if (said.status > 1) return in_gits_words({"merge-base"}, said);
  return said.status == 0;
}

Result<std::vector<std::pair<std::string, std::string>>> Repository::refs(
    const std::string& prefix) {
  DAVIT_TRY(const auto said, git({"for-each-ref", "--format=%(objectname) %(refname)", prefix}));
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto line : records(said, '\n')) {
    const auto space = line.find(' ');
    if (space != std::string_view::npos)
      found.emplace_back(line.substr(space + 1), line.substr(0, space));
  }
  return found;
}

}  // namespace davit
