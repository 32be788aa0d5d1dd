// SPDX-License-Identifier: MIT
#include "core/ssh/remote_receipt.hpp"

#include <fmt/format.h>

namespace davit {

namespace {

constexpr const char* kRemember = R"sh(
receipt() {
  { [ -d "${R%/*}" ] || mkdir -p "${R%/*}"; } &&
    printf '%s %s\n%s\n' "$1" "$L" "$2" >"$R.new" && mv -f "$R.new" "$R"
} 2>/dev/null
prune() {
  set -- "$D/runs/$1"/*/"$2"/*
  [ "$#" -ge "$most" ] || return 0
  kept=1
  ls -1dt "$@" | while IFS= read -r old; do
    [ "$old" != "$D/runs/${L%% *}" ] || continue
    kept=$((kept + 1))
    [ "$kept" -gt "$most" ] || continue
    for script in "$old"/*/script; do [ ! -e "$script" ] || continue 2; done
    rm -rf "$old"
    rmdir "${old%/*}" && rmdir "${old%/*/*}"
  done &
} </dev/null >/dev/null 2>&1
remember() {
  was=
  [ ! -f "$R" ] || read -r was <"$R"
  case $was in "began $L" | "done $L") return 0 ;; esac
  chmod 700 "$S" 2>/dev/null && receipt began "$A" || { unwritable "$1"; return 1; }
  prune "${P%%/*}" "${P#*/}"
}
unused() {
  for one in "$D/uploads/$P"/* "$D/links/$P"/*; do
    used=
    read -r used <"$one/used"
    [ -z "$used" ] || [ "$used" -gt "$(($1 - most))" ] || rm -rf "$one"
  done
}
noted() {
  fence "$1" "$P" "$2" || return
  if receipt "done" "$3"; then say noted "$1"; else unwritable "$1"; fi
  unused "$2" </dev/null >/dev/null 2>&1
}
)sh";

}  // namespace

std::string remembering(const RemoteReceipt& receipt, Instant now) {
  return fmt::format("P={} R=\"$D\"/receipts/{} L={} A={} most={}\n{}", shell_word(receipt.place),
                     shell_word(receipt.place + "/" + receipt.target),
                     shell_word(fmt::format("{} {} {}", receipt.key, receipt.fence, receipt.plan)),
                     shell_word(text(now)), kRunsKept, kRemember);
}

std::string done_there(const RemoteReceipt& receipt, Instant now) {
  return fmt::format("noted {} {} {}\n", shell_word(receipt.target), receipt.fence,
                     shell_word(text(now)));
}

}  // namespace davit
