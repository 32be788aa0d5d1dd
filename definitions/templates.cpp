// SPDX-License-Identifier: MIT
#include "definitions/templates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "definitions/form_text.hpp"
#include "definitions/name.hpp"
#include "definitions/template_texts.hpp"

namespace davit {

namespace {

constexpr std::array kTemplates = {
    Template{"script", "a script for each environment", kScriptText},
    Template{"static-site", "a folder of pages, switched at once", kStaticSiteText},
    Template{"service", "a service that is restarted, asked, and rolled back", kServiceText},
    Template{"three-environments", "dev, staging, and production after an approval",
             kThreeEnvironmentsText},
};

// For nobody in particular.
constexpr const char* kSomebody = "you@example.com";

// Every {BLANK} filled in, as it may stand between the quotes of a TOML text.
std::string filled(std::string_view text, std::string_view blank, std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  std::string out;
  for (auto at = text.find(blank); at != std::string_view::npos; at = text.find(blank)) {
    out += text.substr(0, at);
    out += escaped;
    text.remove_prefix(at + blank.size());
  }
  return out += text;
}

std::string person_or_somebody(const std::string& person) {
  return is_person(person) ? person : kSomebody;
}

Error no_template(std::string_view called) {
  std::vector<std::string> known;
  for (const auto& one : kTemplates) known.emplace_back(one.name);
  const auto meant = nearest(called, known);
  return {.message = fmt::format("there is no template '{}'", shown(called)),
          .hint = meant.empty() ? fmt::format("templates: {}", fmt::join(known, ", "))
                                : fmt::format("did you mean '{}'?", meant),
          .failure = Failure::misused};
}

}  // namespace

std::span<const Template> templates() { return kTemplates; }

Result<std::string> fill(std::string_view called, const std::string& name,
                         const std::string& approvers) {
  const auto found = std::find_if(kTemplates.begin(), kTemplates.end(),
                                  [called](const Template& one) { return one.name == called; });
  if (found == kTemplates.end()) return no_template(called);
  if (!is_name(name))
    return Error{.message = fmt::format("'{}' can't be the name of a definition", shown(name)),
                 .hint = "use a-z, 0-9 and . _ - after the first character, at most 63",
                 .failure = Failure::misused};
  const auto asked = is_principal(approvers) ? approvers : kSomebody;
  return filled(filled(found->text, "{NAME}", name), "{APPROVERS}", asked);
}

std::string usual_approvers(const Team& team, const std::string& person) {
  const auto* group = team.group("release-managers");
  if (group != nullptr && !group->members.empty()) return "group:release-managers";
  return person_or_somebody(person);
}

std::string starter_team(const std::string& person) {
  return filled(kTeamText, "{PERSON}", person_or_somebody(person));
}

}  // namespace davit
