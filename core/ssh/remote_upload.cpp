// SPDX-License-Identifier: MIT
#include "core/ssh/remote_upload.hpp"

#include <fmt/format.h>

#include "core/digest/digest.hpp"
#include "core/ssh/remote_link.hpp"
#include "core/ssh/remote_text.hpp"
#include "core/ssh/remote_tree.hpp"

namespace davit {

namespace {

// Raw bytes must never be read by the shell: whatever becomes of who wants them, they are taken to
// their end; where that can't be, the session ends.
constexpr const char* kReceive = R"sh(
lacks() { say failed "$try" "uploads need $1, which it lacks"; }
receive() {
  want=$1
  shift
  birth "$$"
  echo "$$ $born $B" >"$K/receiver"
  rm -f "$K/torn"
  { head -c "$want" || : >"$K/torn"; } | {
    "$@" 2>"$K/words"
    code=$?
    cat >/dev/null
    exit "$code"
  }
  code=$?
  [ ! -e "$K/torn" ] || exit 1
  rm -f "$K/receiver"
  return "$code"
}
broken() {
  said=$(head -n 1 "$K/words" 2>/dev/null)
  room "$folder"
  case $said in *"$words"*) ;; *) said="${said:+$said: }$words" ;; esac
  tell broken "$try" "$said"
}
alone() {
  pid= was= boot=
  [ ! -s "$K/receiver" ] || read -r pid was boot <"$K/receiver"
  [ -n "$was" ] && [ "$boot" = "$B" ] && [ "$pid" != "$$" ] || return 0
  for look in 1 2 3 4 5; do
    birth "$pid"
    [ "$born" = "$was" ] || { [ "$look" -gt 1 ] && [ -n "$(members "$pid")" ]; } || return 0
    [ "$look" = 1 ] || sleep 1
    kill -9 "-$pid" "$pid" 2>/dev/null
  done
}
taken() {
  if [ -h "$to" ]; then say taken "$try" symlink
  elif [ "$1" = tree ] && [ -e "$to" ] && [ ! -d "$to" ]; then say taken "$try" file
  elif [ "$1" = file ] && [ -d "$to" ]; then say taken "$try" folder
  else return 1; fi
}
arrive() {
  try=$1 place=$2 number=$3 to=$6 folder=${6%/*}
  [ "$8" -lt 4000000 ] && large= || large=yes
  K="$D/uploads/$2/$4" stage="$folder/.davit-new-$4-$5" old="$folder/.davit-old-$7"
  has head || { lacks head; return 1; }
  has sha256sum || has shasum || has openssl || { lacks "sha256sum, shasum or openssl"; return 1; }
  fence "$try" "$place" "$number" || return
  mkdir -p "$K" 2>/dev/null || { unwritable "$try"; return 1; }
  echo "$3" >"$K/used"
  alone
  words=$( (umask "$M"; mkdir -p "$folder/") 2>&1 ) || { tell failed "$try" "$words"; return 1; }
  if [ -d "$old" ] && [ ! -e "$to" ]; then over "$old" "$to"; fi
  [ ! -e "$to" ] || rm -rf "$old"
  for one in "$folder/.davit-new-$4-"*; do [ "$one" = "$stage" ] || rm -rf "$one"; done
  if [ -h "$stage" ] || { [ -e "$stage" ] && [ ! -O "$stage" ]; }; then rm -rf "$stage"; fi
}
)sh";

constexpr const char* kFile = R"sh(
is_whole() {
  bytes=$(wc -c <"$1")
  [ "$((bytes))" -eq "$total" ] && case $(sha <"$1") in "$sum"*) ;; *) false ;; esac
}
append() { cat >>"$stage"; }
take_file() {
  total=$1 sum=$2
  ! taken file || return
  if [ -f "$to" ] && is_whole "$to" && chmod 644 "$to"; then
    rm -rf "$stage"
    say kept "$try"
    return
  fi
  [ -f "$stage" ] || (rm -rf "$stage"; set -C; : >"$stage") 2>"$K/words" || { broken; return; }
  bytes=$(wc -c <"$stage") bytes=$((bytes))
  [ "$bytes" -le "$total" ] || { : >"$stage"; bytes=0; }
  if [ "$bytes" -lt "$total" ]; then
    say pour "$try" "$((total - bytes))"
    receive "$((total - bytes))" append || { broken; return; }
  fi
  is_whole "$stage" || { say differs "$try"; return; }
  { chmod 644 "$stage" && { sync "$stage" 2>/dev/null || sync; }; } 2>"$K/words" || { broken; return; }
  fence "$try" "$place" "$number" || return
  ! taken file || return
  words=$(over "$stage" "$to" 2>&1) || { tell failed "$try" "$words"; return; }
  sync "$folder/" 2>/dev/null
  say placed "$try"
}
)sh";

constexpr const char* kTree = R"sh(
extract() { umask "$M"; cd "$stage" && tar -xof -; }
make_stage() {
  rm -rf "$stage"
  mkdir "$stage" && (umask "$M"; mkdir "$stage/new")
}
take_tree() {
  kind=none base=
  has tar || { lacks tar; return; }
  ! taken tree || return
  last=$(cat "$K/last" 2>/dev/null; echo x)
  last=${last%?}
  if [ -d "$stage/new" ]; then kind=staged base=$stage/new
  elif [ -d "$to" ]; then kind=place base=$to
  elif [ -n "$last" ] && [ -d "$last" ] && [ ! -h "$last" ]; then kind=last base=$last; fi
  if [ "$kind" != staged ]; then make_stage 2>"$K/words" || { broken; return; }; fi
  [ "$kind" != none ] || set -- "$1" "$1"
  say pour "$try" "$2" "$kind"
  receive "$2" extract || { broken; return; }
  if [ "$kind" = none ]; then finish_tree; else look; fi
}
look() {
  rm -f "$stage/unlike"
  (cd "$base" && compare && { [ "$kind" != place ] || is_all; }) >"$stage/marks" 2>/dev/null
  if [ "$kind" = place ] && [ ! -e "$stage/unlike" ]; then
    rm -rf "$stage"
    say kept "$try"
    return
  fi
  bytes=$(wc -c <"$stage/marks")
  say looked "$try" "$((bytes))"
  cat "$stage/marks"
}
take_rest() {
  if [ "$kind" != staged ]; then
    (cd "$base" && copy) 4<"$stage/marks" 2>"$K/words" || { broken; return; }
  fi
  say pour "$try" "$1" rest
  receive "$1" extract || { broken; return; }
  finish_tree
}
finish_tree() {
  rm -f "$stage/unlike"
  (cd "$stage/new" && check && is_all) >/dev/null 2>&1 || unlike
  [ ! -e "$stage/unlike" ] || { say differs "$try"; return; }
  (cd "$stage/new" && set_modes) 2>"$K/words"
  [ ! -e "$stage/unlike" ] || { broken; return; }
  sync -f "$stage" 2>/dev/null || sync
  fence "$try" "$place" "$number" || return
  ! taken tree || return
  words=$(put_tree 2>&1) || { tell failed "$try" "$words"; return; }
  sync "$folder/" 2>/dev/null
  printf %s "$to" >"$K/last"
  rm -rf "$stage" "$old"
  say placed "$try"
}
put_tree() {
  if [ ! -d "$to" ]; then over "$stage/new" "$to"
  elif mv --exchange -T "$stage/new" "$to" 2>/dev/null; then :
  else
    over "$to" "$old" || return
    over "$stage/new" "$to" || { over "$old" "$to"; return 1; }
  fi
}
)sh";

std::string arriving(const RemoteUpload& wanted, std::int64_t size) {
  return fmt::format("arrive {} {} {} {} {} {} {} {}", shell_word(wanted.name),
                     shell_word(wanted.place), wanted.fence, upload_id(wanted.id),
                     upload_id(wanted.content), path_word(wanted.to), upload_id(wanted.to), size);
}

}  // namespace

std::string upload_id(const std::string& text) { return sha256(text).hex.substr(0, 16); }

std::string receiving_file(const RemoteUpload& wanted, std::int64_t size, const Digest& digest) {
  return fmt::format("{}{}{}\n{} && take_file {} {}\n", kRemoteDigests, kReceive, kFile,
                     arriving(wanted, size), size, digest.hex);
}

std::string receiving_tree(const RemoteUpload& wanted, std::int64_t all, std::int64_t list) {
  return fmt::format("{}{}{}{}\n{} && take_tree {} {}\n", kRemoteDigests, kReceive, kRemoteTrees,
                     kTree, arriving(wanted, all), all, list);
}

std::string receiving_rest(std::int64_t size) { return fmt::format("take_rest {}\n", size); }

std::string dropping_upload() { return "rm -rf \"$stage\"\n"; }

}  // namespace davit
