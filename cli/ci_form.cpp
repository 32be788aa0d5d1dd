// SPDX-License-Identifier: MIT
#include "cli/ci_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "cli/terminal_text.hpp"

namespace davit {

namespace {

using Replacements = std::vector<std::pair<char, std::string_view>>;

std::string replaced(std::string_view text, const Replacements& all) {
  std::string out;
  for (const char c : text) {
    const auto found =
        std::find_if(all.begin(), all.end(), [c](const auto& one) { return one.first == c; });
    if (found == all.end())
      out += c;
    else
      out += found->second;
  }
  return out;
}

// What is behind the command and what is between its brackets, as these systems unescape them.
std::string github_data(std::string_view text) {
  return replaced(text, {{'%', "%25"}, {'\r', "%0D"}, {'\n', "%0A"}});
}

std::string github_property(std::string_view text) {
  return replaced(github_data(text), {{':', "%3A"}, {',', "%2C"}});
}

std::string azure_data(std::string_view text) {
  return replaced(text, {{'%', "%AZP25"}, {'\r', "%0D"}, {'\n', "%0A"}});
}

std::string azure_property(std::string_view text) {
  return replaced(azure_data(text), {{';', "%3B"}, {']', "%5D"}});
}

std::string teamcity_value(std::string_view text) {
  return replaced(
      text, {{'|', "||"}, {'\'', "|'"}, {'\n', "|n"}, {'\r', "|r"}, {'[', "|["}, {']', "|]"}});
}

// "##vso[task.logissue type=error;…]": a place that is not known is left out.
std::string properties(const Place& place, const std::array<const char*, 3>& names, char between,
                       const std::function<std::string(std::string_view)>& escaped) {
  if (!place.known()) return "";
  return fmt::format("{}={}{}{}={}{}{}={}", names[0], escaped(place.file), between, names[1],
                     std::max(place.line, 1), between, names[2], std::max(place.column, 1));
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Where the next character of ASCII stands: systems that compare as people do pass over some
// others.
std::size_t next_ascii(std::string_view text, std::size_t at) {
  while (at < text.size() && !ascii(text[at])) ++at;
  return at;
}

// Whether "##[" or "##name[" begins here.
bool hashes_begin(std::string_view text, std::size_t at) {
  if (text[at] != '#') return false;
  const auto second = next_ascii(text, at + 1);
  if (second >= text.size() || text[second] != '#') return false;
  const auto third = next_ascii(text, second + 1);
  return third < text.size() && (text[third] == '[' || letter(text[third]));
}

// Whether only blanks, or what may count as such, stand between the line's beginning and here.
bool begins_line(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] != '\n' && (!ascii(text[at - 1]) || text[at - 1] <= ' ')) --at;
  return at == 0 || text[at - 1] == '\n';
}

bool reads_hashes(CiForm form) { return form != CiForm::none && form != CiForm::gitlab; }

}  // namespace

CiForm ci_form(const std::function<std::optional<std::string>(const std::string&)>& environment) {
  const auto is = [&](const char* name, std::string_view value) {
    return environment(name).value_or("") == value;
  };
  if (is("GITHUB_ACTIONS", "true")) return CiForm::github;
  if (is("GITLAB_CI", "true")) return CiForm::gitlab;
  if (is("TF_BUILD", "True")) return CiForm::azure;
  return is("TEAMCITY_VERSION", "") ? CiForm::none : CiForm::teamcity;
}

std::string annotation(CiForm form, const Issue& issue) {
  const auto kind = issue.error ? "error" : "warning";
  const auto& place = issue.place;
  const auto message =
      (place.known() ? terminal_line(text(place)) + ": " : "") + terminal_text(issue.message);
  if (form == CiForm::github) {
    const auto where = properties(place, {"file", "line", "col"}, ',', github_property);
    return fmt::format("::{}{}{}::{}\n", kind, where.empty() ? "" : " ", where,
                       github_data(message));
  }
  if (form == CiForm::azure)
    return fmt::format(
        "##vso[task.logissue type={};{}]{}\n", kind,
        properties(place, {"sourcepath", "linenumber", "columnnumber"}, ';', azure_property),
        azure_data(message));
  if (form == CiForm::teamcity)
    return fmt::format("##teamcity[message status='{}' text='{}']\n",
                       issue.error ? "ERROR" : "WARNING", teamcity_value(message));
  return "";
}

std::string begins(CiForm form, const LogGroup& group, Instant now) {
  const auto title = terminal_line(group.title);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  switch (form) {
    case CiForm::github:
      return fmt::format("::group::{}\n", github_data(title));
    case CiForm::gitlab:
      return fmt::format("\x1b[0Ksection_start:{}:{}\r\x1b[0K{}\n", seconds, group.id, title);
    case CiForm::azure:
      return fmt::format("##[group]{}\n", harmless(form, title));
    case CiForm::teamcity:
      return fmt::format("##teamcity[blockOpened name='{}']\n", teamcity_value(title));
    case CiForm::none:
      break;
  }
  return "";
}

std::string ends(CiForm form, const LogGroup& group, Instant now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  switch (form) {
    case CiForm::github:
      return "::endgroup::\n";
    case CiForm::gitlab:
      return fmt::format("\x1b[0Ksection_end:{}:{}\r\x1b[0K\n", seconds, group.id);
    case CiForm::azure:
      return "##[endgroup]\n";
    case CiForm::teamcity:
      return fmt::format("##teamcity[blockClosed name='{}']\n",
                         teamcity_value(terminal_line(group.title)));
    case CiForm::none:
      break;
  }
  return "";
}

std::string commands_stop(CiForm form, const std::string& token) {
  return form == CiForm::github ? fmt::format("::stop-commands::{}\n", token) : "";
}

std::string commands_go_on(CiForm form, const std::string& token) {
  return form == CiForm::github ? fmt::format("::{}::\n", token) : "";
}

std::string harmless(CiForm form, std::string_view text) {
  if (!reads_hashes(form)) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    const bool colons = form == CiForm::github && text.substr(at).starts_with("::");
    if ((colons && begins_line(text, at)) || hashes_begin(text, at)) out += ' ';
  }
  return out;
}

std::string harmless_json(CiForm form, std::string_view json) {
  if (!reads_hashes(form)) return std::string(json);
  return replaced(json, {{'#', "\\u0023"}});
}

}  // namespace davit
