// SPDX-License-Identifier: MIT
#include "core/ssh/remote_link.hpp"

#include <fmt/format.h>

#include "core/ssh/remote_text.hpp"

namespace davit {

namespace {

// A command substitution takes the newlines at a name's end away, so that an x stands behind it.
constexpr const char* kSwitch = R"sh(
lead() {
  if command -v readlink >/dev/null 2>&1; then leads=$(readlink "$1"; echo x)
  else leads=$(QUOTING_STYLE=literal ls -ld "$1"; echo x); leads=${leads#*"$1 -> "}; fi
  leads=${leads%??}
}
made() {
  stat -c '%.9W %.9Y' "$@" 2>/dev/null || stat -f '%B %m' "$@" 2>/dev/null
}
beside() {
  parent=${to%/*}
  rm -rf "$parent"/.davit-gone-*
  set --
  for one in "$parent"/* "$parent"/.[!.]*; do
    if [ -d "$one" ] && [ ! -h "$one" ]; then set -- "$@" "$one"; fi
  done
  for one do printf '%s\0' "${one##*/}"; done
  [ $# -eq 0 ] || made "$@"
}
found() {
  printf '%s\0%s\0%s\0' "$HOME" "$before" "$earlier"
  [ -z "$siblings" ] || beside
}
aside() {
  folder=${link%/*} new=${link%/*}/.davit-link-$id
  words=$( { ( umask "$M"; mkdir -p "$folder/" ) && rm -rf "$new" && ln -s "$to" "$new"; } 2>&1 )
}
into() { over "$new" "$link" && { sync "$folder/" 2>/dev/null || sync; }; }
turn() {
  try=$1 id=$4 link=$5 to=$6 siblings=$7 before= earlier=
  fence "$1" "$2" "$3" || return
  [ -e "$to" ] || { say absent "$try"; return; }
  if [ -h "$link" ]; then lead "$link"; before=$leads
  elif [ -e "$link" ]; then say solid "$try"; return; fi
  record="$D/links/$2/$id"
  mkdir -p "$record" && echo "$3" >"$record/used" || { unwritable "$try"; return; }
  if [ "$before" != "$to" ]; then
    earlier=$before
    printf '%s' "$before" >"$record/new" && mv -f "$record/new" "$record/before" ||
      { unwritable "$try"; return; }
  elif [ -f "$record/before" ]; then
    earlier=$(cat "$record/before"; echo x)
    earlier=${earlier%?}
  fi
  aside || { tell failed "$try" "$words"; return; }
  fence "$1" "$2" "$3" || return
  words=$(into 2>&1) || { tell failed "$try" "$words"; return; }
  found >"$record/found"
  size=$(wc -c <"$record/found")
  say switched "$try" "$((size))"
  cat "$record/found"
  rm -f "$record/found"
}
)sh";

constexpr const char* kClear = R"sh(
away() {
  try=$1 parent=${2%/*}
  shift 2
  for one do
    words=$(mv -f "$parent/$one" "$parent/.davit-gone-$one" 2>&1 &&
      rm -rf "$parent/.davit-gone-$one" 2>&1) || { tell stayed "$try" "$words"; return; }
  done
  say cleared "$try"
}
)sh";

}  // namespace

std::string path_word(const std::string& path) {
  return path.starts_with('/') ? shell_word(path) : "\"$HOME\"/" + shell_word(path);
}

std::string switching(const RemoteSwitch& wanted) {
  return kSwitch + fmt::format("turn {} {} {} {} {} {} {}\n", shell_word(wanted.name),
                               shell_word(wanted.place), wanted.fence, shell_word(wanted.id),
                               path_word(wanted.link), path_word(wanted.to),
                               wanted.siblings ? "yes" : "''");
}

std::string clearing(const std::string& name, const std::string& to,
                     const std::vector<std::string>& siblings) {
  auto out = kClear + fmt::format("away {} {}", shell_word(name), path_word(to));
  for (const auto& sibling : siblings) out += " " + shell_word(sibling);
  return out + "\n";
}

}  // namespace davit
