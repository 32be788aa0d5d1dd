// SPDX-License-Identifier: MIT
#include "core/ssh/remote_look.hpp"

#include <fmt/format.h>

#include "core/ssh/remote_link.hpp"
#include "core/ssh/remote_text.hpp"

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
  { sha256sum || shasum -a 256 || openssl dgst -sha256 -r; } <"$2" 2>/dev/null |
    { read -r hex rest; say sum "$1" "$hex"; }
}
)sh";

}  // namespace

std::string looking(const std::string& place, const std::string& target,
                    const std::vector<Trace>& traces) {
  std::string out = kLook;
  out += fmt::format("recall {} {}\n", shell_word(place), shell_word(target));
  for (std::size_t i = 0; i < traces.size(); ++i)
    out += traces[i].link ? fmt::format("leads {} {} {}\n", i, path_word(traces[i].path),
                                        traces[i].wanted.starts_with('/') ? "''" : "short")
                          : fmt::format("sum {} {}\n", i, path_word(traces[i].path));
  return out + fmt::format("say looked {}\n", shell_word(target));
}

}  // namespace davit
