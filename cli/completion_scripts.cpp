// SPDX-License-Identifier: MIT
#include "cli/completion_scripts.hpp"

namespace davit {

namespace {

// Each calls the hidden `davit complete SHELL -- WORD…`, which prints a candidate a line (the word,
// a tab, what it is), or ":files" where the shell knows better.
constexpr std::string_view kBash =
    R"bash(# bash completion for davit: eval "$(davit completion bash)"
_davit() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :directories) compopt -o dirnames ;;
      *) COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]/#\~/$HOME}" complete bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
}
complete -F _davit davit
)bash";

constexpr std::string_view kZsh =
    R"zsh(#compdef davit
# zsh completion for davit: davit completion zsh > a file named _davit in a directory of $fpath
_davit() {
  local line word says
  local -a described open
  for line in "${(@f)$("${(Q)words[1]}" complete zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=${line%%$'\t'*}
    says=${line#*$'\t'}
    case $line in
      '') ;;
      :files) _files ;;
      :directories) _files -/ ;;
      */$'\t'*) open+=("$word") ;;
      *) described+=("${word//:/\\:}:$says") ;;
    esac
  done
  (( $#open )) && compadd -S '' -- "${open[@]}"
  (( $#described )) && _describe davit described
}
if [ "$funcstack[1]" = "_davit" ]; then _davit "$@"; else compdef _davit davit; fi
)zsh";

constexpr std::string_view kFish =
    R"fish(# fish completion for davit: davit completion fish | source
function __davit_complete
    set -l words (commandline -opc)
    for line in ($words[1] complete fish -- $words[2..-1] (commandline -ct) 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':directories'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c davit -f -a '(__davit_complete)'
)fish";

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  return shell == "fish" ? kFish : std::string_view();
}

}  // namespace davit
