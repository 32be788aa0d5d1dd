// SPDX-License-Identifier: MIT
#include "core/ssh/ssh_words.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace davit {

namespace {

std::vector<std::string_view> lines_of(std::string_view said) {
  std::vector<std::string_view> out;
  while (!said.empty()) {
    auto line = said.substr(0, said.find('\n'));
    said.remove_prefix(std::min(line.size() + 1, said.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    out.push_back(line);
  }
  return out;
}

// What stands behind `mark` in a line; nothing where it has no such mark.
std::optional<std::string_view> behind(std::string_view line, std::string_view mark) {
  const auto at = line.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return line.substr(at + mark.size());
}

}  // namespace

std::string first_line(std::string_view said) {
  return std::string(said.substr(0, said.find_first_of("\r\n")));
}

std::string last_line(std::string_view said) {
  const auto lines = lines_of(said);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    if (!line->empty()) return std::string(*line);
  return "";
}

std::optional<ChangedKey> changed_key(std::string_view said) {
  if (said.find("REMOTE HOST IDENTIFICATION HAS CHANGED") == std::string_view::npos)
    return std::nullopt;
  ChangedKey out;
  bool is_next = false;
  for (const auto line : lines_of(said)) {
    if (is_next) {
      out.fingerprint = line;
      if (out.fingerprint.ends_with('.')) out.fingerprint.pop_back();
      is_next = false;
    }
    if (const auto kind = behind(line, "The fingerprint for the ")) {
      out.kind = kind->substr(0, kind->find(' '));
      is_next = true;
    }
    if (const auto host = behind(line, "Host key for "))
      out.host = host->substr(0, host->find(" has changed"));
    const auto offending = line.starts_with("Offending ") ? behind(line, " key in ") : std::nullopt;
    const auto colon = offending ? offending->rfind(':') : std::string_view::npos;
    if (colon == std::string_view::npos) continue;
    out.file = offending->substr(0, colon);
    std::from_chars(offending->data() + colon + 1, offending->data() + offending->size(), out.line);
  }
  if (out.fingerprint.empty()) return std::nullopt;
  return out;
}

std::string unknown_host(std::string_view said) {
  for (const auto line : lines_of(said))
    if (const auto host = behind(line, " host key is known for "))
      return std::string(host->substr(0, host->find(" and you have")));
  return "";
}

bool was_refused_on_the_way(std::string_view said) {
  bool refused = false;
  for (const auto line : lines_of(said)) {
    if (line == "Host key verification failed.") refused = true;
    const bool lost = line.starts_with("kex_exchange_identification: ") ||
                      line.starts_with("ssh_exchange_identification: ") ||
                      line.starts_with("Connection closed by ");
    if (refused && lost) return true;
  }
  return false;
}

GotIn got_in(std::string_view said) {
  GotIn out;
  for (const auto line : lines_of(said)) {
    if (const auto key = behind(line, "Server accepts key: ")) out.key = *key;
    if (line.find("Authenticated to ") == std::string_view::npos) continue;
    const auto method = behind(line, " using \"");
    if (method) out.method = method->substr(0, method->find('"'));
  }
  if (out.method != "publickey") out.key.clear();
  return out;
}

}  // namespace davit
