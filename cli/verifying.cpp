// SPDX-License-Identifier: MIT
#include "cli/verifying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/json_record.hpp"
#include "cli/meant.hpp"
#include "cli/table.hpp"
#include "cli/terminal_text.hpp"
#include "core/deployment/target_looks.hpp"

namespace davit {

namespace {

// One environment of one definition, looked at.
struct Verified {
  std::string definition;
  PlaceLook place;
};

std::string deployed_as(const Verified& verified, const DeploymentId& id) {
  return fmt::format("{}/{}{}", verified.definition, id.release.value,
                     id.attempt > 1 ? fmt::format(" (attempt {})", id.attempt) : "");
}

const char* kind_of(const Trace& trace) {
  if (trace.kind == Trace::Kind::link) return "link";
  return trace.kind == Trace::Kind::file ? "file" : "folder";
}

// "app/lib/x is missing, the first of 3 that differ"
std::string words_of(const Trace& trace, const Apart& apart) {
  const auto path = trace.path + (apart.first.empty() ? "" : "/") + apart.first;
  const auto* how = apart.how == Apart::How::changed   ? "has changed"
                    : apart.how == Apart::How::missing ? "is missing"
                                                       : "was added";
  return fmt::format(
      "{} {}{}", terminal_line(path), how,
      apart.count > 1 ? fmt::format(", the first of {} that differ", apart.count) : "");
}

std::string words_of(const Trace& trace) {
  if (trace.apart) return words_of(trace, *trace.apart);
  const auto path = terminal_line(trace.path);
  if (!trace.found) return fmt::format("{} is no {}", path, kind_of(trace));
  if (trace.kind == Trace::Kind::file) return path + " is not the file that was put there";
  return fmt::format("{} leads to {}, not to {}", path, terminal_line(*trace.found),
                     terminal_line(trace.wanted));
}

std::string words_of(const Verified& verified, const TargetLook& look, Drift what) {
  switch (what) {
    case Drift::untouched:
      return "nothing was ever deployed there";
    case Drift::other_release:
      return fmt::format("it has {}, and {}/{} is live",
                         deployed_as(verified, look.recorded->deployment), verified.definition,
                         verified.place.live.value);
    case Drift::in_part:
      return "not all of it went well there";
    case Drift::no_receipt:
      return "it remembers no deployment";
    case Drift::other_receipt:
      return fmt::format("it remembers {}, {}", deployed_as(verified, look.receipt->deployment),
                         look.receipt->done ? "done" : "begun and not done");
    case Drift::not_done:
      return "it remembers no end of it";
    case Drift::trace:
      break;
  }
  std::string out;
  for (const auto& trace : look.traces)
    if (trace.unlooked.empty() && !trace.holds())
      out += (out.empty() ? "" : "; ") + words_of(trace);
  return out;
}

std::string recorded_cell(const Verified& verified, const TargetLook& look) {
  if (!look.recorded) return "-";
  return deployed_as(verified, look.recorded->deployment) +
         (look.recorded->whole ? "" : " in part");
}

std::string receipt_cell(const Verified& verified, const TargetLook& look) {
  if (!look.unreachable.empty()) return "?";
  if (!look.receipt) return "-";
  return deployed_as(verified, look.receipt->deployment) + (look.receipt->done ? "" : " begun");
}

std::string trace_cell(const TargetLook& look, const Trace& trace, const Style& style) {
  const auto path = terminal_line(trace.path);
  if (!look.unreachable.empty() || !trace.unlooked.empty()) return path + " ?";
  if (trace.holds())
    return fmt::format("{} {}{}", style.live("✔"), path,
                       trace.kind == Trace::Kind::link ? " → " + terminal_line(trace.wanted) : "");
  return fmt::format("{} {}", style.failed("✘"), path);
}

void print_table(Desk& desk, const Verified& verified) {
  const auto& style = desk.out.style;
  desk.out.line("{}/{} in {}{}", verified.definition, verified.place.live.value,
                verified.place.environment,
                verified.place.under_way ? "   a deployment there has not ended" : "");
  TextTable table;
  table.indent(2);
  table.row({style.old("TARGET"), style.old("RECORDED"), style.old("RECEIPT"),
             style.old("LINKS, FILES")});
  for (const auto& look : verified.place.targets) {
    std::vector<std::string> row{look.target, recorded_cell(verified, look),
                                 receipt_cell(verified, look)};
    for (const auto& trace : look.traces) row.push_back(trace_cell(look, trace, style));
    table.row(std::move(row));
  }
  desk.out.write(table.render(style));
}

// What nobody could look into, once for all targets.
std::set<std::string> unlooked(const Verified& verified) {
  std::set<std::string> out;
  for (const auto& look : verified.place.targets) {
    for (const auto& trace : look.traces)
      if (!trace.unlooked.empty())
        out.insert(fmt::format("{} could not be looked into: {}", terminal_line(trace.path),
                               terminal_line(trace.unlooked)));
    for (const auto& path : look.beyond)
      out.insert(
          fmt::format("{} is not looked into: a tree on a Windows target", terminal_line(path)));
  }
  return out;
}

// What is not as it should be, a line each, and what to do.
void print_drift(Desk& desk, const Verified& verified) {
  const auto& style = desk.out.style;
  bool drifted = false;
  for (const auto& look : verified.place.targets) {
    std::string what;
    for (const auto one : drift(look, verified.place.live))
      what += (what.empty() ? "" : "; ") + words_of(verified, look, one);
    if (!what.empty()) desk.out.line("{} {}: {}", style.failed("✘"), look.target, what);
    drifted = drifted || !what.empty();
    if (!look.unreachable.empty())
      desk.out.line("{} {} could not be asked: {}", style.waiting("?"), look.target,
                    terminal_line(look.unreachable));
  }
  for (const auto& what : unlooked(verified)) desk.out.line("{} {}", style.waiting("?"), what);
  if (drifted)
    desk.out.line("  davit redeploy {}/{} {}", verified.definition, verified.place.live.value,
                  verified.place.environment);
}

Json json(const Verified& verified, const DeploymentId& id) {
  return Json::object()
      .set("release", text(ReleaseId{verified.definition, id.release}))
      .set("attempt", id.attempt);
}

Json json(const Trace& trace) {
  Json out = Json::object().set("path", trace.path).set("wanted", trace.wanted);
  if (trace.found) out.set("found", *trace.found);
  if (trace.apart)
    out.set("differ", trace.apart->count)
        .set("first", trace.apart->first)
        .set("how", text(trace.apart->how));
  return out.set_if("unlooked", trace.unlooked);
}

Json json(const Verified& verified, const TargetLook& look) {
  Json out = Json::object().set("target", look.target);
  if (look.recorded)
    out.set("recorded",
            json(verified, look.recorded->deployment).set("whole", look.recorded->whole));
  if (look.receipt)
    out.set("receipt", json(verified, look.receipt->deployment)
                           .set("done", look.receipt->done)
                           .set("fence", look.receipt->fence)
                           .set("plan", look.receipt->plan));
  Json links = Json::array(), files = Json::array(), trees = Json::array(), drifts = Json::array();
  for (const auto& trace : look.traces) {
    const bool is_link = trace.kind == Trace::Kind::link;
    (is_link ? links : trace.kind == Trace::Kind::file ? files : trees).push(json(trace));
  }
  for (const auto one : drift(look, verified.place.live)) drifts.push(text(one));
  return out.set("links", links)
      .set("files", files)
      .set("trees", trees)
      .set("drift", drifts)
      .set_if("unreachable", look.unreachable);
}

Json json(const Verified& verified) {
  Json targets = Json::array();
  for (const auto& look : verified.place.targets) targets.push(json(verified, look));
  return Json::object()
      .set("definition", verified.definition)
      .set("environment", verified.place.environment)
      .set("live", text(ReleaseId{verified.definition, verified.place.live}))
      .set_if("under_way", verified.place.under_way)
      .set("targets", targets);
}

ExitStatus status_of(const std::vector<Verified>& all) {
  auto status = ExitStatus::done;
  for (const auto& verified : all)
    for (const auto& look : verified.place.targets) {
      if (!drift(look, verified.place.live).empty()) return ExitStatus::failed;
      const bool unknown = std::any_of(look.traces.begin(), look.traces.end(),
                                       [](const Trace& trace) { return !trace.unlooked.empty(); });
      if (unknown || !look.unreachable.empty()) status = ExitStatus::uncertain;
    }
  return status;
}

Result<std::vector<Verified>> look_at_places(Office& office, const Meant& meant,
                                             const SshSettings& ssh, Instant now) {
  auto& registry = office.registry();
  const auto definitions =
      meant.definition ? std::vector{*meant.definition} : registry.definitions();
  std::vector<Verified> out;
  for (const auto& definition : definitions) {
    DAVIT_TRY(const auto rules, registry.rules(definition));
    if (meant.environment && meant.definition)
      DAVIT_CHECK(check_environment(office, {definition, {}, *meant.environment, std::nullopt}));
    for (const auto* environment : in_order(rules.definition)) {
      if (meant.environment && environment->name != *meant.environment) continue;
      DAVIT_TRY(auto place, look_at_targets(registry, definition, environment->name, ssh, now));
      if (!place.targets.empty()) out.push_back({definition, std::move(place)});
    }
  }
  return out;
}

}  // namespace

Result<ExitStatus> verify_targets(Office& office, Desk& desk, const std::vector<std::string>& words,
                                  const SshSettings& ssh) {
  DAVIT_TRY(const auto meant, sort_words(office, words));
  if (meant.release)
    return misused("what is live is verified, whatever release it is",
                   "davit status --verify DEFINITION ENVIRONMENT");
  const auto now = desk.clock.now();
  DAVIT_TRY(const auto all, look_at_places(office, meant, ssh, now));
  if (desk.settings.json) {
    Json told = Json::array();
    for (const auto& verified : all) told.push(json(verified));
    print(desk, record("status").set("as_of", text(now)).set("verified", told));
    return status_of(all);
  }
  if (all.empty()) desk.out.line("nothing is live on any target there");
  for (const auto& verified : all) {
    print_table(desk, verified);
    print_drift(desk, verified);
  }
  return status_of(all);
}

}  // namespace davit
