// SPDX-License-Identifier: MIT
// What the policy found, as a member of a record.
#include "cli/errors.hpp"
#include "cli/words.hpp"

namespace davit {

namespace {

const char* word(Rule rule) {
  switch (rule) {
    case Rule::release_active:
      return "release-active";
    case Rule::release_not_bad:
      return "release-not-bad";
    case Rule::trusted:
      return "trusted";
    case Rule::supported:
      return "supported";
    case Rule::needs:
      return "needs";
    case Rule::wanted:
      return "wanted";
    case Rule::not_behind:
      return "not-behind";
    case Rule::approval:
      return "approval";
    case Rule::lock:
      return "lock";
    case Rule::free:
      return "free";
    case Rule::finished:
      return "finished";
  }
  return "";
}

const char* word(Clears clears) {
  switch (clears) {
    case Clears::nothing:
      return "nothing";
    case Clears::deployment:
      return "deployment";
    case Clears::person:
      return "person";
    case Clears::time:
      return "time";
    case Clears::command:
      return "command";
  }
  return "";
}

Json strings(const std::vector<std::string>& all) {
  return Json(Json::Array(all.begin(), all.end()));
}

}  // namespace

Json to_json(const Finding& finding) {
  Json json = Json::object();
  json.set("rule", word(finding.rule)).set("holds", finding.holds);
  json.set_if("subject", finding.subject).set_if("detail", finding.detail);
  if (finding.rule == Rule::approval) json.set("have", finding.have).set("want", finding.want);
  if (!finding.people.empty()) json.set("people", strings(finding.people));
  if (!finding.void_people.empty()) json.set("not_counted", strings(finding.void_people));
  if (finding.since) json.set("since", text(*finding.since));
  if (finding.clears_at) json.set("clears_at", text(*finding.clears_at));
  if (!finding.holds) json.set("clears", word(finding.clears));
  json.set_if("remedy", finding.remedy);
  if (finding.place.known()) json.set("place", to_json(finding.place));
  return json;
}

Json to_json(const Verdict& verdict) {
  Json out = Json::array();
  for (const auto& finding : verdict.findings) out.push(to_json(finding));
  return out;
}

}  // namespace davit
