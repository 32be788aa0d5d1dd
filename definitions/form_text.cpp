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

bool is_host(std::string_view text) {
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    const std::string_view user = text.substr(0, at);
    if (user.empty() || user.front() == '-' || !every(user, in_user)) return false;
    text.remove_prefix(at + 1);
  }
  std::string_view host = text;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return false;
    host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (!text.empty() && (text.front() != ':' || !is_port(text.substr(1)))) return false;
    return !host.empty() &&
           every(host, [](char c) { return hexadecimal(c) || c == ':' || c == '.'; });
  }
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    if (!is_port(text.substr(colon + 1))) return false;
    host = text.substr(0, colon);
  }
  return !host.empty() && host.front() != '-' && host.size() < 254 && every(host, in_host);
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
