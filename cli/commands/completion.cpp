// SPDX-License-Identifier: MIT
// davit completion: the script that teaches a shell davit's words.
#include "cli/commands.hpp"
#include "cli/completion_scripts.hpp"

namespace davit {

namespace {

struct CompletionOptions {
  std::string shell;
};

void declare(Options& o, CompletionOptions& into) {
  o.positional("SHELL", into.shell, "bash, zsh or fish").choices = {"bash", "zsh", "fish"};
}

Result<ExitStatus> completion(const CompletionOptions& options, Desk& desk) {
  desk.out.raw(completion_script(options.shell));
  return ExitStatus::done;
}

}  // namespace

Command completion_command() {
  return {.name = "completion",
          .group = CommandGroup::around,
          .summary = "print the script that completes davit's words in a shell",
          .about = "Definitions, releases and environments are completed from the repository.",
          .examples = {{"eval \"$(davit completion bash)\"", "in ~/.bashrc"},
                       {"davit completion zsh > ~/.zfunc/_davit", "a directory of $fpath"},
                       {"davit completion fish | source", "in ~/.config/fish/config.fish"}},
          .declare = from<CompletionOptions>(declare, completion)};
}

}  // namespace davit
