// SPDX-License-Identifier: MIT
#include "core/ssh/remote_tree.hpp"

#include <fmt/format.h>

#include "core/ssh/remote_text.hpp"

namespace davit {

const char* const kRemoteDigests = R"sh(
large=
has() { command -v "$1" >/dev/null 2>&1; }
sha() {
  if [ -n "$large" ] && has openssl; then openssl dgst -sha256 -r "$@"
  elif has sha256sum; then sha256sum "$@"
  elif has shasum; then shasum -a 256 "$@"
  else openssl dgst -sha256 -r "$@"; fi
}
)sh";

// Growing the list of arguments takes time that is the square of their number, so that those that
// are meant are named by their places.
//
// The list says how many entries there are, and calls f for files of one mode with their digests, g
// for one whose name is not printed as it is by what sums up, d for folders of one mode and l for a
// symlink. What these do is what is asked of the list.
//
// `masked` goes by the digit, since not every shell takes a leading zero for octal.
// `marked` says of files, by their digests, which are there as they should be.
const char* const kRemoteTrees = R"sh(
odd=
digests() { if [ -n "$odd" ]; then sha <"$1"; else sha "$@"; fi | cut -c1-64; }
masked() {
  mode=000$1 without=000$M mask=
  mode=${mode#"${mode%???}"} without=${without#"${without%???}"}
  while [ -n "$mode" ]; do
    mask=$mask$((${mode%"${mode#?}"} & ~${without%"${without#?}"}))
    mode=${mode#?} without=${without#?}
  done
}
unlike() { [ -e "$stage/unlike" ] || : >"$stage/unlike"; }
is_link() {
  [ -h "$1" ] || return
  if has readlink; then leads=$(readlink "$1"; echo x)
  else leads=$(QUOTING_STYLE=literal ls -ld "$1"; echo x); leads=${leads#*"$1 -> "}; fi
  [ "${leads%??}" = "$2" ]
}
is_all() {
  count=$(find . -exec printf '%.0sx' {} + | wc -c)
  [ "$((count))" -eq "$entries" ] || unlike
}
marked() {
  sums=$1 marks= got= at=0 those= there=
  shift
  for one do
    at=$((at + 1))
    if [ -f "$one" ] && [ ! -h "$one" ]; then
      there=${there}1 those="$those \"\${$at}\""
    else there=${there}0; fi
  done
  [ -z "$those" ] || eval "got=\$(digests $those)"
  if [ "$got" = "$sums" ]; then marks=$there; return; fi
  set -- $got
  for sum in $sums; do
    is=0
    case $there in 1*)
      [ "$1" != "$sum" ] || is=1
      [ "$#" -eq 0 ] || shift ;;
    esac
    there=${there#?} marks=$marks$is
  done
}
compare() {
  f() {
    masked "$1"
    shift
    marked "$@"
    shift
    [ -z "$(find "$@" -prune ! -perm "$mask" 2>&1)" ] || unlike
    case $marks in *0*) unlike ;; esac
    echo "$marks"
  }
  g() { odd=yes; f "$@"; odd=; }
  d() {
    masked "$1"
    shift
    [ -z "$(find "$@" -prune '(' ! -type d -o ! -perm "$mask" ')' 2>&1)" ] || unlike
  }
  l() { is_link "$1" "$2" || unlike; }
  . "$stage/list"
}
check() {
  f() { sums=$2; shift 2; [ "$(digests "$@")" = "$sums" ] || unlike; }
  g() { odd=yes; f "$@"; odd=; }
  d() { shift; for one do [ -d "$one" ] && [ ! -h "$one" ] || unlike; done; }
  l() { is_link "$1" "$2" || unlike; }
  . "$stage/list"
}
set_modes() {
  f() { masked "$1"; shift 2; chmod "$mask" "$@" || unlike; }
  g() { f "$@"; }
  d() { masked "$1"; shift; chmod "$mask" "$@" || unlike; }
  l() { :; }
  . "$stage/list"
}
copy() {
  f() {
    shift 2
    at=0 those=
    read -r marks <&4
    for one do
      at=$((at + 1))
      case $marks in 1*) those="$those \"\${$at}\"" ;; esac
      marks=${marks#?}
    done
    [ -z "$those" ] ||
      eval "tar -cf - $those" 4<&- | (umask "$M"; cd "$stage/new" && tar -xof -)
  }
  g() { f "$@"; }
  d() { :; }
  l() { :; }
  . "$stage/list"
}
)sh";

namespace {

// So many names, and bytes of them, come to a program at once.
constexpr std::size_t kMostNames = 500;
constexpr std::size_t kMostBytes = 64 * 1024;

std::string listed(const std::string& path) { return " " + shell_word("./" + path); }

// Programs that sum up mark a line with such a name, or break it.
bool is_odd(const std::string& path) { return path.find_first_of("\n\r\\") != std::string::npos; }

void list_folders(const std::vector<ParcelFolder>& folders, std::string& out) {
  for (auto folder = folders.begin(); folder != folders.end();) {
    const auto mode = folder->mode;
    std::string names;
    for (std::size_t count = 0; folder != folders.end() && folder->mode == mode &&
                                names.size() < kMostBytes && count < kMostNames;
         ++folder, ++count)
      names += listed(folder->path);
    out += fmt::format("d {:o}{}\n", mode, names);
  }
}

void list_files(const std::vector<ParcelFile>& files, std::string& out) {
  for (auto file = files.begin(); file != files.end();) {
    const bool odd = is_odd(file->path);
    const auto mode = file->mode;
    std::string sums, names;
    std::size_t count = 0;
    for (; file != files.end() && file->mode == mode && is_odd(file->path) == odd &&
           names.size() < kMostBytes && count < (odd ? 1 : kMostNames);
         ++file, ++count) {
      sums += (count > 0 ? "\n" : "") + file->digest.hex;
      names += listed(file->path);
    }
    out += fmt::format("{} {:o} '{}'{}\n", odd ? 'g' : 'f', mode, sums, names);
  }
}

}  // namespace

std::string tree_list(const Parcel& parcel) {
  auto out = fmt::format("entries={}\n",
                         parcel.files.size() + parcel.links.size() + parcel.folders.size());
  list_files(parcel.files, out);
  list_folders(parcel.folders, out);
  for (const auto& link : parcel.links)
    out += fmt::format("l{} {}\n", listed(link.path), shell_word(link.target));
  return out;
}

}  // namespace davit
