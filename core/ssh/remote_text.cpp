// SPDX-License-Identifier: MIT
#include "core/ssh/remote_text.hpp"

#include <fmt/format.h>

namespace davit {

namespace {

// Every step on every target takes what follows, so it starts no process where the shell can do it.
//
// `begin` and `supervise` run in a subshell for each try; `values` is defined there. Only what
// becomes the step gets the values, so none of them is taken for a variable of ours. A file whose
// first line is empty was not written: the short ones are written at once, in room that was taken
// before, so that a disk that a step fills does not take its end from whoever asks.
//
// `supervise` runs the step in a session of its own and tells how it ended. Signals are the step's
// alone. After a lost connection nobody listens to what it says last, and the files tell.
constexpr const char* kFunctions = R"sh(M=$(umask)
umask 077
unset CDPATH
cd -- "$HOME" 2>/dev/null
case $S in /*) ;; *) S=$HOME/$S ;; esac
D=$S/$D
S=${S%/}
if command -v setsid >/dev/null 2>&1; then O=setsid
else O="perl -MPOSIX -e POSIX::setsid();exec(@ARGV)"; fi
say() { printf '%s %s\n' "$T" "$*" >&2; }
tell() {
  said="$1 $2"
  shift 2
  say "$said" "$(printf '%s' "$*" | tr '\n' ' ')"
}
over() {
  mv -fT "$1" "$2" 2>/dev/null || mv -fh "$1" "$2" 2>/dev/null ||
    perl -e 'rename($ARGV[0], $ARGV[1]) or exit 1' "$1" "$2" 2>/dev/null ||
    { [ ! -d "$2" ] || { echo "can't put anything in place of $2"; return 1; }; mv -f "$1" "$2"; }
}
size() { bytes=0; [ ! -s "$1" ] || bytes=$(wc -c <"$1"); bytes=$((bytes)); }
birth() {
  line= born=
  { read -r line <"/proc/$1/stat"; } 2>/dev/null
  set -- ${line##*\) }
  [ "$1" = Z ] || born=${20}
}
supervise() {
  trap '' HUP INT QUIT TERM PIPE
  (
    trap - HUP INT QUIT TERM PIPE
    umask "$M"
    set -- $O "$@" "$try/script"
    values
    exec "$@"
  ) >"$try/log" 2>&1 </dev/null &
  pid=$!
  echo "$pid" 1<>"$try/pid"
  say begun "${try##*/}"
  wait "$pid"
  status=$? words=
  [ "$status" -eq 0 ] || room "$S"
  echo "$status${words:+ $words}" 1<>"$try/status"
  ended "${try##*/}"
}
start() {
  supervise "$@" </dev/null >/dev/null &
  birth "$!"
  echo "$! $born $B" 1<>"$try/supervisor"
}
members() {
  cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' | while read -r state parent group rest; do
    [ "$group" != "$1" ] || [ "$state" = Z ] || echo "$state"
  done
}
keep() {
  [ -d "$S" ] || mkdir -p "$S" 2>/dev/null || { unwritable "$1"; return 1; }
  [ ! -h "$S" ] ||
    { say failed "$1" "$S is a symbolic link, and davit keeps nothing behind one"; return 1; }
  [ -O "$S" ] 2>/dev/null || [ -n "$(find "$S" -prune -user "$(id -u)" 2>/dev/null)" ] ||
    { say failed "$1" "$S belongs to somebody else"; return 1; }
}
room() {
  words=$({ mkdir -p "$1" && echo | cat >"$1/.davit-room"; } 2>&1)
  rm -f "$1/.davit-room" 2>/dev/null
  words=${words##*: }
}
unwritable() {
  room "$S"
  tell failed "$1" "can't write to $S${words:+: $words}"
}
unwritten() {
  rm -rf "$try"
  unwritable "$1"
}
remember() { :; }
fence() {
  keep "$1" || return 1
  [ -d "$D/fences/$2/$3" ] || mkdir -p "$D/fences/$2/$3" 2>/dev/null ||
    { unwritable "$1"; return 1; }
  for other in "$D/fences/$2"/*; do
    if [ "${other##*/}" -gt "$3" ]; then say fenced "$1" "${other##*/}"; return 1; fi
  done
  for other in "$D/fences/$2"/*; do
    [ "${other##*/}" -ge "$3" ] || rmdir "$other" 2>/dev/null
  done
  remember "$1"
}
begin() {
  try="$D/runs/$1/$2"
  fence "$2" "$3" "$4" || return 1
  [ -d "$D/runs/$1" ] || mkdir -p "$D/runs/$1" 2>/dev/null || { unwritable "$2"; return 1; }
  cd -- "$5" 2>/dev/null || { say failed "$2" "can't work in $5"; return 1; }
  mkdir "$try" 2>/dev/null ||
    { if [ -d "$try" ]; then say known "$2"; else unwritable "$2"; fi; return 1; }
  : >"$try/log"  # before anyone can follow it
  { echo >"$try/pid" && echo >"$try/supervisor" && echo >"$try/status"; } 2>/dev/null ||
    { unwritten "$2"; return 1; }
}
is_over() {
  status= words=
  { read -r status words <"$try/status"; } 2>/dev/null
  [ -n "$status" ]
}
ended() {
  is_over || return
  size "$try/log"
  say ended "$1" "$status" "$bytes" "$words"
}
lives() {
  for look in 1 2; do
    pid= was= boot=
    { read -r pid was boot <"$try/supervisor"; } 2>/dev/null
    [ -z "$pid" ] && [ "$look" = 1 ] || break
    sleep 1
  done
  [ -n "$pid" ] && [ "$boot" = "$B" ] && kill -0 "$pid" 2>/dev/null && birth "$pid" &&
    [ "$born" = "$was" ]
}
probe() {
  try="$D/runs/$1/$2"
  if [ ! -d "$try" ]; then say none "$2"
  elif ended "$2"; then :
  elif lives; then say runs "$2"
  else ended "$2" || say gone "$2"; fi  # it may have ended meanwhile
}
follow() { tail -c "+$3" -f "$D/runs/$1/$2/log" 2>/dev/null </dev/null & F=$!; }
unfollow() { [ -z "$F" ] || { kill -KILL "$F" && wait "$F"; F=; } 2>/dev/null; }
send() {
  file="$D/runs/$1/$2/$3"
  [ -f "$file" ] || : >"$file"
  size "$file"; say file "$2" "$bytes"; cat "$file"
}
group() {
  try="$D/runs/$1/$2"
  pid=
  read -r pid <"$try/pid"
  # What has only begun may not be in a session of its own yet.
  [ -z "$pid" ] || kill "-$3" "-$pid" || is_over || ! kill -0 "$pid" ||
    { sleep 1; kill "-$3" "-$pid"; }
} 2>/dev/null
finish() {
  pid=$(cat "$D/runs/$1/$2/pid" 2>/dev/null)
  if [ -n "$pid" ] && kill -0 "-$pid" 2>/dev/null && { [ ! -d /proc/self ] || [ -n "$(members "$pid")" ]; }
  then say left "$2"; else say killed "$2"; fi
}
forget() { rm -rf "$D/runs/$1/$2/script" "$D/runs/$1/$2/output" "$D/runs/$1/$2/log"; }
drop() { rm -rf "$D/runs/$1/$2"; }
B=unknown
{ read -r B </proc/sys/kernel/random/boot_id; } 2>/dev/null
F=
trap unfollow EXIT
)sh";

// The words that run a script of this shell, as here (core/runner/shell.hpp); its file is put
// behind them.
const char* interpreter(Step::Shell shell) {
  switch (shell) {
    case Step::Shell::bash:
      return "bash -eo pipefail";
    case Step::Shell::python3:
      return "python3 -u";
    default:
      return "sh -e";
  }
}

std::string call(const char* function, const std::string& key, const std::string& name,
                 std::string_view more = "") {
  return fmt::format("{} {} {} {}\n", function, shell_word(key), shell_word(name), more);
}

}  // namespace

std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

std::string opening(const std::string& token, const RemoteFolder& kept) {
  const auto folder = kept.state.empty() ? "\"${XDG_STATE_HOME:-$HOME/.local/state}/davit\""
                                         : shell_word(kept.state);
  return fmt::format("T={}\nS={}\nD={}\n{}say ready\n", token, folder,
                     kept.ledger.substr(0, kLedgerDigits), kFunctions);
}

std::string beginning(const RemoteTry& wanted) {
  const auto directory = wanted.directory.empty() ? "\"$HOME\"" : shell_word(wanted.directory);
  std::string out = fmt::format(
      "(\nbegin {} {} {} {} {} || exit 0\n"
      "printf '%s\\n' {} 2>/dev/null >\"$try/script\" || {{ unwritten {}; exit 0; }}\n",
      shell_word(wanted.key), shell_word(wanted.name), shell_word(wanted.place), wanted.fence,
      directory, shell_word(wanted.script), shell_word(wanted.name));
  out += ": >\"$try/output\"\nvalues() {\nexport DAVIT_OUTPUT=\"$try/output\"\n";
  for (const auto& [name, value] : wanted.values)
    out += fmt::format("export {}={}\n", name, shell_word(value));
  return out + fmt::format("}}\nstart {}\n)\n", interpreter(wanted.shell));
}

std::string probe(const std::string& key, const std::string& name) {
  return call("probe", key, name);
}
std::string follow(const std::string& key, const std::string& name, std::size_t from) {
  return call("follow", key, name, std::to_string(from + 1));
}
std::string unfollow() { return "unfollow\n"; }
std::string send_file(const std::string& key, const std::string& name, const std::string& file) {
  return call("send", key, name, shell_word(file));
}
std::string signal_try(const std::string& key, const std::string& name, const char* signal) {
  return call("group", key, name, signal);
}
std::string finish(const std::string& key, const std::string& name) {
  return call("finish", key, name);
}
std::string forget(const std::string& key, const std::string& name) {
  return call("forget", key, name);
}
std::string drop(const std::string& key, const std::string& name) {
  return call("drop", key, name);
}

}  // namespace davit
