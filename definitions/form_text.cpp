// SPDX-License-Identifier: MIT
#include "definitions/form_text.hpp"

#include <algorithm>
#include <charconv>

#include "definitions/ascii.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

constexpr std::size_t kLongestShown = 60;  // bytes

bool control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool hexadecimal(char c) {
  return ascii::digit(c) || (ascii::lowered(c) >= 'a' && ascii::lowered(c) <= 'f');
}
bool space(char c) { return c == ' ' || control(c); }
bool in_host(char c) { return ascii::alphanumeric(c) || c == '.' || c == '-' || c == '_'; }
bool in_user(char c) { return in_host(c) || c == '+' || c == '$'; }

template <typename Test>
bool every(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || !ascii::digit(text.front()) || end != text.data() + text.size() ||
      problem != std::errc{})
    return std::nullopt;
  return value;
}

bool is_port(std::string_view text) {
  const auto port = whole(text);
  return port && *port >= 1 && *port <= 65535;
}

}  // namespace

bool is_line(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), control);
}

bool is_glob(std::string_view text) {
  if (!is_line(text)) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escapes = text[at] == '\\';
    if (escapes && ++at == text.size()) return false;
    if (escapes || text[at] != '[') continue;
    // "[]a]" and "[!]a]" hold a bracket.
    std::size_t from = at + 1;
    if (from < text.size() && (text[from] == '!' || text[from] == '^')) ++from;
    at = text.find(']', from + 1);
    if (at == std::string_view::npos) return false;
  }
  return true;
}

bool is_inner_path(std::string_view text) {
  if (!is_line(text) || text.find('\\') != std::string_view::npos) return false;
  if (text.ends_with('/')) text.remove_suffix(1);
  for (bool more = true; more;) {
    const auto slash = text.find('/');
    more = slash != std::string_view::npos;
    const std::string_view part = text.substr(0, slash);
    if (part.empty() || part == "..") return false;
    text.remove_prefix(more ? slash + 1 : text.size());
  }
  return true;
}

bool is_web_address(std::string_view text) {
  const std::string_view scheme = text.starts_with("https://") ? "https://" : "http://";
  if (!text.starts_with(scheme) || std::any_of(text.begin(), text.end(), space)) return false;
  const char first = text.size() > scheme.size() ? text[scheme.size()] : '/';
  return first != '/' && first != ':' && first != '?' && first != '#';
}

bool is_sha256(std::string_view text) { return text.size() == 64 && every(text, hexadecimal); }

bool is_person(std::string_view text) {
  if (text.empty() || std::any_of(text.begin(), text.end(), space)) return false;
  if (text == "*") return true;
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && is_glob(text);
}

bool is_principal(std::string_view text) {
  constexpr std::string_view kGroup = "group:";
  return text.starts_with(kGroup) ? is_name(text.substr(kGroup.size())) : is_person(text);
}

bool is_user(std::string_view text) {
  return !text.empty() && text.front() != '-' && every(text, in_user);
}

std::optional<HostText> parse_host(std::string_view text) {
  HostText out;
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    out.user = text.substr(0, at);
    if (!is_user(out.user)) return std::nullopt;
    text.remove_prefix(at + 1);
  }
  const bool six = text.starts_with('[');
  const auto end = six ? text.find(']') : std::min(text.find(':'), text.size());
  if (end == std::string_view::npos) return std::nullopt;
  out.name = six ? text.substr(1, end - 1) : text.substr(0, end);
  const auto rest = text.substr(six ? end + 1 : end);
  if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
  if (!rest.empty()) out.port = std::stoi(std::string(rest.substr(1)));
  const auto in_six = [](char c) { return hexadecimal(c) || c == ':' || c == '.'; };
  const bool good = !out.name.empty() && (six ? every(out.name, in_six)
                                              : out.name.front() != '-' && out.name.size() < 254 &&
                                                    every(out.name, in_host));
  return good ? std::optional(std::move(out)) : std::nullopt;
}

bool is_json_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '~' && (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')))
      return false;
  return true;
}

std::optional<Share> parse_share(std::string_view text) {
  Share share;
  share.percent = text.ends_with('%');
  if (share.percent) text.remove_suffix(1);
  const auto number = whole(text);
  if (!number || (share.percent && *number > 100)) return std::nullopt;
  share.number = *number;
  return share;
}

std::optional<SecretSource> parse_secret(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  const std::string_view kind = text.substr(0, colon);
  const std::string from(text.substr(colon + 1));
  if (kind == "file") return SecretSource{SecretSource::Kind::file, from};
  if (kind == "command") return SecretSource{SecretSource::Kind::command, from};
  if (kind == "env" && is_variable_name(from)) return SecretSource{SecretSource::Kind::env, from};
  return std::nullopt;
}

std::string shown(std::string_view text) {
  std::string out(text.substr(0, kLongestShown));
  if (out.size() < text.size()) {
    // Not in the middle of a character.
    while (!out.empty() && (static_cast<unsigned char>(text[out.size()]) & 0xC0) == 0x80)
      out.pop_back();
    out += "…";
  }
  std::replace_if(out.begin(), out.end(), control, ' ');
  return out;
}

}  // namespace davit
