// SPDX-License-Identifier: MIT
#include "core/ssh/remote_look.hpp"

#include <fmt/format.h>

#include "core/ssh/remote_link.hpp"
#include "core/ssh/remote_text.hpp"
#include "core/ssh/remote_tree.hpp"

namespace davit {

namespace {

// A link that was written with a path from the user's home on leads to the whole path.
constexpr const char* kLook = R"sh(
recall() {
  was=
  [ ! -f "$D/receipts/$1/$2" ] || read -r was <"$D/receipts/$1/$2"
  tell receipt "$2" "$was"
}
leads() {
  [ -h "$2" ] || { say lacks "$1"; return; }
  if command -v readlink >/dev/null 2>&1; then to=$(readlink "$2")
  else to=$(QUOTING_STYLE=literal ls -ld "$2"); to=${to#*"$2 -> "}; fi
  [ -z "$3" ] || to=${to#"$HOME/"}
  tell leads "$1" "$to"
}
sum() {
  [ -f "$2" ] || { say lacks "$1"; return; }
  large=yes
  sha <"$2" 2>/dev/null | { read -r hex rest; say sum "$1" "$hex"; }
}
)sh";

// The list is read by the shell itself, so that nothing of it is put anywhere.
constexpr const char* kLookInto = R"sh(
tell_apart() {
  f() {
    masked "$1"
    shift
    marked "$@" 2>/dev/null
    shift
    find "$@" -prune ! '(' -type f -perm "$mask" ')' -exec printf 'd%s\0' {} + 2>/dev/null
    case $marks in *0*)
      for one do
        case $marks in 0*) printf 'd%s\0' "$one" ;; esac
        marks=${marks#?}
      done ;;
    esac
    printf 'w\0'
  } </dev/null
  g() { odd=yes; f "$@"; odd=; }
  d() {
    masked "$1"
    shift
    find "$@" -prune ! '(' -type d -perm "$mask" ')' -exec printf 'd%s\0' {} + 2>/dev/null
  } </dev/null
  l() { is_link "$1" "$2" || printf 'd%s\0' "$1"; } </dev/null
}
into() {
  [ "$3" -lt 4000000 ] && large= || large=yes
  inside=
  if [ -d "$2" ] && [ ! -h "$2" ] && cd -- "$2" 2>/dev/null; then inside=yes; tell_apart
  else say lacks "$1"; f() { :; }; g() { :; }; d() { :; }; l() { :; }; fi
}
out_of() {
  [ -z "$inside" ] || find . -exec printf 'h%s\0' {} + 2>/dev/null
  printf '\0'
  cd -- "$HOME"
} </dev/null
)sh";

}  // namespace

std::string looking(const std::string& place, const std::string& target,
                    const std::vector<Trace>& traces) {
  auto out = std::string(kRemoteDigests) + kLook;
  out += fmt::format("recall {} {}\n", shell_word(place), shell_word(target));
  for (std::size_t i = 0; i < traces.size(); ++i) {
    const auto& trace = traces[i];
    if (trace.kind == Trace::Kind::link)
      out += fmt::format("leads {} {} {}\n", i, path_word(trace.path),
                         trace.wanted.starts_with('/') ? "''" : "short");
    if (trace.kind == Trace::Kind::file)
      out += fmt::format("sum {} {}\n", i, path_word(trace.path));
  }
  return out + fmt::format("say looked {}\n", shell_word(target));
}

std::string looking_into(std::size_t number, const std::string& path, std::int64_t size) {
  return fmt::format("{}{}{}into {} {} {}\n", kRemoteDigests, kRemoteTrees, kLookInto, number,
                     path_word(path), size);
}

std::string looked_into() { return "out_of\n"; }

}  // namespace davit
