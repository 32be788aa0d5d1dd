// SPDX-License-Identifier: MIT
#include "core/ssh/windows_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/digest/base64.hpp"
#include "definitions/json.hpp"

namespace davit {

namespace {

// U+2018 to U+201B, in UTF-8.
bool is_curly_quote(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xe2' && text[1] == '\x80' && text[2] >= '\x98' &&
         text[2] <= '\x9b';
}

// "Naming Files, Paths, and Namespaces" of the Windows documentation: reserved whatever the
// extension.
constexpr std::array<std::string_view, 6> kDevices = {"con", "prn", "aux", "nul", "com", "lpt"};

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_device(std::string_view name) {
  name = name.substr(0, name.find('.'));
  return std::any_of(kDevices.begin(), kDevices.end(), [&](std::string_view device) {
    if (!name.starts_with(device)) return false;
    const auto rest = name.substr(device.size());
    return rest.empty() || (rest.size() == 1 && rest[0] >= '0' && rest[0] <= '9');
  });
}

bool is_usual(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
         c == '@';
}

std::string file_name(std::string_view word) {
  std::string out;
  for (const char c : word)
    out += is_usual(c) ? std::string(1, c) : fmt::format("~{:02x}", static_cast<unsigned char>(c));
  if (is_device(out)) out = "~" + out;
  if (out.ends_with('.')) out += '~';
  return out;
}

bool is_windows_name(std::string_view name) {
  const bool plain = std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' ||
           std::string_view("<>:\"|?*\\").find(c) != std::string_view::npos;
  });
  return plain && !name.empty() && name.back() != '.' && name.back() != ' ' &&
         !is_device(lower_case(name));
}

}  // namespace

std::string powershell_word(std::string_view utf8) {
  std::string out = "'";
  while (!utf8.empty()) {
    const std::size_t length = is_curly_quote(utf8) ? 3 : 1;
    const auto one = utf8.substr(0, length);
    if (length > 1 || one == "'") out += one;
    out += one;
    utf8.remove_prefix(length);
  }
  return out + "'";
}

std::string encoded_command(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) wide.append(1, c).append(1, '\0');
  return base64(wide);
}

std::string powershell_line(std::string_view utf8) { return base64(utf8) + "\n"; }

std::string unfit_value(std::string_view value) {
  if (value.find('\0') != value.npos) return "it holds a NUL byte";
  // Written as JSON, what is no UTF-8 becomes something else.
  const Json text{std::string(value)};
  const auto back = Json::parse(text.dump());
  return back && *back == text ? "" : "it is no UTF-8 text";
}

std::string windows_path(std::string_view words) {
  std::string out;
  while (true) {
    const auto end = std::min(words.find('/'), words.size());
    out += file_name(words.substr(0, end));
    if (end == words.size()) return out;
    out += '\\';
    words.remove_prefix(end + 1);
  }
}

bool is_windows_path(std::string_view path) {
  if (!unfit_value(path).empty()) return false;
  while (true) {
    const auto end = std::min(path.find('/'), path.size());
    if (!is_windows_name(path.substr(0, end))) return false;
    if (end == path.size()) return true;
    path.remove_prefix(end + 1);
  }
}

std::string upper_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

}  // namespace davit
