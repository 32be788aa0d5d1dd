// SPDX-License-Identifier: MIT
#include "cli/narrowing_options.hpp"

#include "core/ssh/remote_text.hpp"

namespace davit {

namespace {

// What no shell takes for anything else.
bool is_plain(const std::string& word) {
  return !word.empty() && word.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "@%+=:,./_-") == std::string::npos;
}

std::string as_typed(const std::string& option, const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += option + " " + (is_plain(word) ? word : shell_word(word));
  return out;
}

}  // namespace

std::string as_typed(const std::vector<std::string>& words) { return as_typed("", words); }

void declare(Options& o, Narrowing& into) {
  o.value("--limit HOST", into.limit,
          "only these targets: a name, a pattern, a target or TAG=VALUE; may be said again");
  o.value("--exclude HOST", into.exclude, "but not these");
}

std::string as_typed(const Narrowing& narrowing) {
  return as_typed(" --limit", narrowing.limit) + as_typed(" --exclude", narrowing.exclude);
}

}  // namespace davit
