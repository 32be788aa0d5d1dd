// SPDX-License-Identifier: MIT
#include "core/secrets/forms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

using Forms = std::vector<std::string>;

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The base64 digits that the value alone decides when `before` other bytes (0 to 2) stand in front
// of it in its group of three: those at its edges also depend on its neighbours.
std::string base64(std::string_view value, std::size_t before) {
  const auto bit = [&](std::size_t at) {
    const auto byte = static_cast<unsigned char>(value[at / 8]);
    return (byte >> (7 - at % 8)) & 1u;
  };
  std::string out;
  const std::size_t bits = value.size() * 8;
  for (std::size_t at = (before * 8 + 5) / 6 * 6 - before * 8; at + 6 <= bits; at += 6) {
    unsigned digit = 0;
    for (std::size_t i = 0; i < 6; ++i) digit = digit << 1 | bit(at + i);
    out += kAlphabet[digit];
  }
  return out;
}

// The same with nothing behind the value: its last bits have a digit of their own, and the group is
// filled up.
std::string base64_end(std::string_view value, std::size_t before) {
  auto out = base64(std::string(value) + '\0', before);
  const std::size_t bits = (value.size() + before) * 8;
  const std::size_t known = bits / 6 - (before * 8 + 5) / 6;
  if (bits % 6 == 0) return out.substr(0, known);
  return out.substr(0, known + 1) + (bits % 6 == 2 ? "==" : "=");
}

std::string url_safe(std::string text) {
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

// Encoders break long lines: base64(1) and MIME after 76 digits, openssl and PEM after 64.
void add_lines(Forms& forms, const std::string& digits, std::size_t width) {
  for (std::size_t at = 0; digits.size() > width && at < digits.size(); at += width)
    forms.push_back(digits.substr(at, width));
}

void add_base64(Forms& forms, std::string_view value) {
  for (std::size_t before = 0; before < 3; ++before) {
    auto digits = base64(value, before);
    auto whole = base64_end(value, before);
    if (before == 0) add_lines(forms, whole, 76);
    if (before == 0) add_lines(forms, whole, 64);
    for (auto* form : {&digits, &whole}) {
      forms.push_back(url_safe(*form));
      forms.push_back(std::move(*form));
    }
    forms.push_back(forms.back().substr(0, forms.back().find('=')));
  }
}

bool unreserved(char c) {
  return ascii::alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string url_encoded(std::string_view value, bool upper, bool plus) {
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (unreserved(c)) {
      out += c;
    } else if (plus && c == ' ') {
      out += '+';
    } else {
      out += upper ? fmt::format("%{:02X}", byte) : fmt::format("%{:02x}", byte);
    }
  }
  return out;
}

const char* short_escape(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    default:
      return nullptr;
  }
}

std::string json_escaped(std::string_view value, bool slashes) {
  std::string out;
  for (const char c : value) {
    if (const char* escape = short_escape(c)) {
      out += escape;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else if (slashes && c == '/') {
      out += "\\/";
    } else {
      out += c;
    }
  }
  return out;
}

// As `sh -x` prints it, without the outer quotes.
std::string shell_quoted(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out;
}

void add_encoded(Forms& forms, std::string_view value) {
  forms.emplace_back(value);
  add_base64(forms, value);
  for (const bool upper : {true, false})
    for (const bool plus : {true, false}) forms.push_back(url_encoded(value, upper, plus));
  for (const bool slashes : {true, false}) forms.push_back(json_escaped(value, slashes));
  forms.push_back(shell_quoted(value));
}

// Output is masked line by line, so no form may hold the end of one.
void add_by_line(Forms& forms, const std::string& form) {
  for (std::size_t from = 0; from <= form.size();) {
    const auto end = std::min(form.find('\n', from), form.size());
    auto line = form.substr(from, end - from);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    forms.push_back(std::move(line));
    from = end + 1;
  }
}

}  // namespace

std::vector<std::string> secret_forms(std::string_view value, std::size_t shortest) {
  Forms whole;
  add_encoded(whole, value);
  if (value.find('\n') != std::string_view::npos) {
    Forms lines;
    add_by_line(lines, std::string(value));
    for (const auto& line : lines)
      if (line.size() >= shortest) add_encoded(whole, line);
  }
  Forms forms;
  for (const auto& form : whole) add_by_line(forms, form);
  forms.erase(std::remove_if(forms.begin(), forms.end(),
                             [&](const auto& form) { return form.size() < shortest; }),
              forms.end());
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  return forms;
}

}  // namespace davit
