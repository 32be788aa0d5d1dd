// SPDX-License-Identifier: MIT
#include "cli/words.hpp"

#include <fmt/format.h>

#include "cli/terminal_text.hpp"
#include "cli/when.hpp"

namespace davit {

namespace {

std::string since(const Finding& finding, const Telling& telling) {
  return finding.since ? " " + when(*finding.since, telling.now) : "";
}

std::string by(const Finding& finding) {
  return finding.people.empty() ? "" : " by " + people(finding.people);
}

std::string reason(const std::string& detail) {
  return detail.empty() ? "" : ": " + terminal_line(detail);
}

FindingWords active(const Finding& finding) {
  FindingWords out{.rule = "release is active", .noun = "release"};
  if (!finding.holds) out.what = "it is " + finding.detail + reason(finding.subject);
  out.brief = finding.detail;
  return out;
}

FindingWords not_bad(const Finding& finding) {
  return {.rule = "release is not bad",
          .noun = "release",
          .what = finding.holds ? "" : "it is marked bad" + reason(finding.detail),
          .brief = "marked bad"};
}

FindingWords trusted(const Finding& finding) {
  return {.rule = "trusted release",
          .noun = "release",
          .what = finding.holds ? "untrusted, which may go here" : "it is untrusted",
          .brief = "untrusted"};
}

FindingWords supported(const Finding& finding) {
  return {.rule = "supported",
          .noun = "unsupported",
          .what = finding.holds ? "" : "not yet supported: " + finding.subject,
          .brief = "not yet supported: " + finding.subject};
}

std::string how_it_went(const Finding& finding, const Telling& telling) {
  const int number = telling.release.number.value;
  const std::string at = since(finding, telling);
  if (finding.detail == "skipped") return fmt::format("skipped{}", by(finding));
  if (finding.detail.empty()) return fmt::format("{} has not been there", number);
  if (finding.detail == "running") return fmt::format("{} is on its way there since{}", number, at);
  if (finding.detail == "paused") return fmt::format("{} is paused there since{}", number, at);
  if (finding.detail == "partial") return fmt::format("{} succeeded there in part{}", number, at);
  return fmt::format("{} {} there{}", number, finding.detail, at);
}

FindingWords needs(const Finding& finding, const Telling& telling) {
  return {.rule = "needs " + finding.subject,
          .noun = "needs " + finding.subject,
          .what = how_it_went(finding, telling),
          .brief = "needs " + finding.subject};
}

FindingWords wanted(const Finding& finding) {
  FindingWords out{.rule = "deploy_on " + finding.detail, .noun = "wanted"};
  out.what = finding.people.empty() ? "goes there by itself" : "asked for" + by(finding);
  if (!finding.holds) out.what = "nobody has asked for it";
  out.brief = "not asked for";
  return out;
}

FindingWords in_turn(const Finding& finding) {
  const std::string what = fmt::format("{} {}", finding.subject, finding.detail);
  return {.rule = "in turn", .noun = "turn", .what = finding.holds ? "" : what, .brief = what};
}

std::string counted_of(const Finding& finding) {
  return fmt::format("{} of {}", finding.have, finding.want);
}

std::string given(const Finding& finding, const Telling& telling) {
  if (finding.holds) return people(finding.people);
  std::string out = finding.have == 0 ? "none yet" : counted_of(finding);
  out += " from " + finding.subject;
  if (finding.have > 0) out += ": " + people(finding.people);
  if (!finding.detail.empty()) out += "; " + finding.detail;
  const bool missing = finding.clears == Clears::person;
  return missing && telling.you_may_approve ? out + "; you may give one" : out;
}

FindingWords approval(const Finding& finding, const Telling& telling) {
  return {.rule = counted(finding.want, "approval"),
          .noun = "approval",
          .what = given(finding, telling),
          .brief = fmt::format("{} of {}", finding.have, counted(finding.want, "approval"))};
}

FindingWords lock(const Finding& finding, const Telling& telling) {
  const std::string ago = finding.since ? " " + age(*finding.since, telling.now) : "";
  const std::string what = "locked" + by(finding) + ago + reason(finding.detail);
  return {.rule = "unlocked",
          .noun = "lock",
          .what = finding.holds ? "" : what,
          .brief = "locked" + by(finding)};
}

FindingWords free(const Finding& finding, const Telling& telling) {
  FindingWords out{.rule = "nothing else runs there", .noun = "busy"};
  if (finding.holds) return out;
  out.what = finding.subject + " ";
  if (finding.detail == "running")
    out.what += "is on its way";
  else if (finding.detail == "paused")
    out.what += "is paused";
  else
    out.what += finding.detail.empty() ? "holds it" : finding.detail;
  if (finding.since) out.what += by(finding) + " since" + since(finding, telling);
  if (!telling.go_on.empty()) out.what += ", and its runner is gone";
  out.brief = "behind " + finding.subject;
  return out;
}

FindingWords live(const Finding& finding, const Telling& telling) {
  return {.rule = "not live there",
          .noun = "live",
          .what = fmt::format("{} is live there since{}", telling.release.number.value,
                              since(finding, telling)),
          .brief = "live there"};
}

FindingWords finished(const Finding& finding, const Telling& telling) {
  if (finding.detail == "live") return live(finding, telling);
  const std::string what = fmt::format("attempt {} {}{}{}", finding.have, finding.detail,
                                       since(finding, telling), reason(finding.subject));
  return {.rule = "not tried before",
          .noun = "ended",
          .what = finding.holds ? "" : what,
          .brief = finding.detail};
}

FindingWords plain_words(const Finding& finding, const Telling& telling) {
  switch (finding.rule) {
    case Rule::release_active:
      return active(finding);
    case Rule::release_not_bad:
      return not_bad(finding);
    case Rule::trusted:
      return trusted(finding);
    case Rule::supported:
      return supported(finding);
    case Rule::needs:
      return needs(finding, telling);
    case Rule::wanted:
      return wanted(finding);
    case Rule::not_behind:
      return in_turn(finding);
    case Rule::approval:
      return approval(finding, telling);
    case Rule::lock:
      return lock(finding, telling);
    case Rule::free:
      return free(finding, telling);
    case Rule::finished:
      return finished(finding, telling);
  }
  return {};
}

std::string way_out(const Finding& finding, const Telling& telling) {
  if (finding.holds) return {};
  if (finding.clears == Clears::time && finding.clears_at)
    return "clears itself at " + when(*finding.clears_at, telling.now);
  const bool cut_off = finding.rule == Rule::free && !telling.go_on.empty();
  const auto& command = cut_off ? telling.go_on : finding.remedy;
  return command.empty() ? "" : "davit " + command;
}

std::string symbol(const Finding& finding, const Style& style) {
  if (finding.holds) return style.live("✔");
  return finding.waits() ? style.waiting("✘") : style.failed("✘");
}

std::string place_words(const Place& place, const Telling& telling) {
  if (!place.known()) return {};
  const std::size_t slash = place.file.rfind('/');
  Place bare = place;
  bare.column = 0;
  bare.file = slash == std::string::npos ? place.file : place.file.substr(slash + 1);
  if (!bare.revision.empty() && !telling.branch.empty())
    bare.revision = telling.branch + " " + bare.revision;
  return text(bare);
}

}  // namespace

FindingWords words(const Finding& finding, const Telling& telling) {
  FindingWords out = plain_words(finding, telling);
  out.way = way_out(finding, telling);
  return out;
}

TextTable findings_table(const std::vector<Finding>& findings, const Telling& telling,
                         const Style& style) {
  TextTable table;
  table.indent(2);
  for (const Finding& finding : findings) {
    const FindingWords said = words(finding, telling);
    table.row({symbol(finding, style) + " " + said.rule, said.what,
               style.old(place_words(finding.place, telling)), said.way});
    for (const std::string& one : finding.void_people)
      table.row({"", "not counted: " + terminal_line(one)});
  }
  return table;
}

TextTable obstacles_table(const std::vector<Finding>& findings, const Telling& telling,
                          const Style& style) {
  TextTable table;
  table.indent(4);
  for (const Finding& finding : findings) {
    if (finding.holds) continue;
    const FindingWords said = words(finding, telling);
    const bool approval = finding.rule == Rule::approval && finding.clears == Clears::person;
    const std::string votes = counted_of(finding) + " from " + finding.subject;
    const std::string noun = finding.waits() ? style.waiting(said.noun) : style.failed(said.noun);
    table.row({noun, approval ? votes : said.what, said.way});
  }
  return table;
}

std::string brief(const std::vector<Finding>& findings, const Telling& telling) {
  std::string out;
  for (const Finding& finding : findings) {
    if (finding.holds) continue;
    const FindingWords said = words(finding, telling);
    const bool by_time = finding.clears == Clears::time && finding.clears_at;
    out += (out.empty() ? "" : " · ") + said.brief;
    if (by_time) out += " until " + when(*finding.clears_at, telling.now);
  }
  return out;
}

std::string person(const std::string& email) {
  return terminal_line(email.substr(0, email.find('@')));
}

std::string people(const std::vector<std::string>& emails) {
  std::string out;
  for (const std::string& email : emails) out += (out.empty() ? "" : ", ") + person(email);
  return out;
}

std::string counted(std::int64_t count, const std::string& one, const std::string& many) {
  if (count == 1) return "1 " + one;
  return fmt::format("{} {}", count, many.empty() ? one + "s" : many);
}

}  // namespace davit
