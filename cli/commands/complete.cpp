// SPDX-License-Identifier: MIT
// davit complete: what the completion scripts ask. Never fails and never talks: whoever presses
// the tab key wants no errors.
#include "cli/commands.hpp"
#include "cli/completions.hpp"
#include "cli/known_names.hpp"
#include "cli/terminal_text.hpp"

namespace davit {

namespace {

struct CompleteOptions {
  std::string shell;
  std::vector<std::string> words;
};

void declare(Options& o, CompleteOptions& into) {
  o.positional("SHELL", into.shell, "bash, zsh or fish").choices = {"bash", "zsh", "fish"};
  o.positional("WORD", into.words, "what stands behind davit so far, the last being typed");
}

// bash takes "--speed=fa" apart into three words.
std::vector<std::string> put_together(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool glue = words[i] == "=" && !out.empty() && out.back().starts_with("--");
    if (!glue)
      out.push_back(words[i]);
    else if (i + 1 == words.size())
      out.emplace_back();
  }
  return out;
}

// Where the line that is being typed acts: its own -C, or the desk's directory.
std::string directory_of(const std::vector<std::string>& words, const Desk& desk) {
  Settings settings;
  Options global;
  declare(global, settings);
  std::string directory;
  for (const Word& word : sort_out(global, words))
    if (word.kind == Word::Kind::value && word.option->name == "--directory") directory = word.text;
  return desk.path(directory);
}

Result<ExitStatus> complete_words(const CompleteOptions& options, Desk& desk) {
  const bool bash = options.shell == "bash";
  const auto words = bash ? put_together(options.words) : options.words;
  const Completions found =
      complete(words, commands(), names_of_repository(directory_of(words, desk)));
  for (const Candidate& candidate : found.candidates)
    desk.out.raw(terminal_line(candidate.word) + '\t' + terminal_line(candidate.says) + '\n');
  if (found.paths == Completions::Paths::files) desk.out.raw(":files\n");
  if (found.paths == Completions::Paths::directories) desk.out.raw(":directories\n");
  return ExitStatus::done;
}

}  // namespace

Command complete_command() {
  return {.name = "complete",
          .group = CommandGroup::around,
          .summary = "print what may stand where a word is being typed",
          .examples = {{"davit complete bash -- status --js", "prints --json"}},
          .hidden = true,
          .declare = from<CompleteOptions>(declare, complete_words)};
}

}  // namespace davit
