// SPDX-License-Identifier: MIT
#include "core/runner/journal_line.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include "definitions/json.hpp"

namespace davit {

namespace {

using Entries = std::map<std::pair<int, std::string>, JournalEntry>;

JournalEntry& entry(Entries& entries, int index, const std::string& target) {
  auto& found = entries[{index, target}];
  found.step.index = index;
  found.step.target = target;
  return found;
}

void begun(Entries& entries, const Json& json, Instant at) {
  auto& found = entry(entries, static_cast<int>(json.integer("index")), json.text("target"));
  found.step.step = json.text("step");
  found.step.tries = static_cast<int>(json.integer("try", 1));
  found.step.began = at;
  found.step.ended = false;
  found.repeatable = json.flag("repeatable");
  found.step.remote = json.flag("remote");
  found.boot = json.text("boot");
}

void ended(Entries& entries, const Json& json) {
  auto record = step_record(json["record"]);
  if (!record) return;
  auto& found = entry(entries, static_cast<int>(json.integer("index")), record->target);
  found.step.step = record->step;
  found.step.record = *std::move(record);
  found.step.ended = true;
  found.step.outputs.clear();
  for (const auto& [name, value] : json["outputs"].members())
    if (const auto* text = value.string()) found.step.outputs.emplace_back(name, *text);
}

}  // namespace

std::string boot_id() {
  std::string id;
  std::getline(std::ifstream("/proc/sys/kernel/random/boot_id"), id);
  return id;
}

std::string journal_line(const Begin& begin, Instant at) {
  auto body = Json::object();
  body.set("index", begin.index).set("target", begin.target).set("step", begin.step);
  body.set("try", begin.attempt).set("repeatable", begin.repeatable).set("boot", boot_id());
  if (begin.remote) body.set("remote", true);
  return Json::object().set("begin", std::move(body)).set("at", text(at)).dump();
}

std::string journal_line(int index, const StepRecord& record, const Outputs& outputs, Instant at) {
  auto body = Json::object();
  body.set("index", index).set("record", to_json(record));
  auto values = Json::object();
  for (const auto& [name, value] : outputs) values.set(name, value);
  body.set_if("outputs", std::move(values));
  return Json::object().set("end", std::move(body)).set("at", text(at)).dump();
}

std::vector<JournalEntry> read_journal_lines(std::string_view text) {
  Entries entries;
  // What has no end was cut short, and does not count.
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
    const auto json = Json::parse(text.substr(0, end));
    text.remove_prefix(end + 1);
    if (!json) continue;
    const auto at = parse_instant(json->text("at")).value_or(Instant{});
    if (json->contains("begin")) begun(entries, (*json)["begin"], at);
    if (json->contains("end")) ended(entries, (*json)["end"]);
  }
  std::vector<JournalEntry> out;
  for (auto& [key, found] : entries) out.push_back(std::move(found));
  return out;
}

}  // namespace davit
