// SPDX-License-Identifier: MIT
// The plan as JSON: what its digest covers, and the file that people keep.
#include <type_traits>

#include "core/plan/plan.hpp"

namespace davit {

namespace {

Json json(const RunAction& action) { return Json::object().set("run", action.script); }

Json json(const UploadAction& action) {
  return Json::object()
      .set("upload", action.artifact)
      .set("to", action.to)
      .set_if("unpack", action.unpack);
}

Json json(const LinkAction& action) {
  return Json::object().set("link", action.link).set("to", action.to).set("keep", action.keep);
}

Json json(const HttpAction& action) {
  Json headers;
  for (const auto& [name, value] : action.headers) headers.set(name, value);
  Json expect = Json::object().set("status", action.expect.status);
  for (const auto& [pointer, value] : action.expect.json) expect.set(pointer, value);
  return Json::object()
      .set("http", action.url)
      .set("method", action.method)
      .set_if("headers", headers)
      .set_if("body", action.body)
      .set("expect", expect);
}

Json json(const WaitAction& action) { return Json::object().set("wait", text(action.length)); }

Json json(const ManualAction& action) { return Json::object().set("manual", action.instructions); }

Json json(const TaskAction& action) { return Json::object().set("task", action.task); }

// davit's own values change from attempt to attempt and say nothing about what is done.
Json json(const std::vector<PlannedValue>& values) {
  Json out = Json::object();
  for (const auto& value : values) {
    if (value.origin == "davit") continue;
    Json one = Json::object().set("from", value.origin);
    if (value.secret)
      one.set("secret", text(*value.secret));
    else
      one.set("value", value.value);
    out.set(value.name, one);
  }
  return out;
}

Json json(const std::vector<std::string>& words) {
  Json out = Json::array();
  for (const auto& word : words) out.push(word);
  return out;
}

Json json(const PlannedStep& planned) {
  const Step& step = planned.step;
  Json out = Json::object().set("name", step.name).set_if("phase", planned.phase);
  const Json action = std::visit([](const auto& one) { return json(one); }, step.action);
  for (const auto& [key, value] : action.members()) out.set(key, value);
  if (step.when != Step::When::success) out.set("when", text(step.when));
  out.set_if("if", step.condition);
  if (!step.enabled) out.set("enabled", false);
  out.set_if("continue_on_error", step.continue_on_error);
  if (step.retries > 0) out.set("retries", step.retries).set("every", text(step.every));
  if (step.timeout) out.set("timeout", text(*step.timeout));
  out.set("shell", text(step.shell));
  out.set_if("directory", step.directory);
  out.set_if("once", step.once);
  if (!step.reversible) out.set("reversible", false);
  out.set_if("idempotent", step.idempotent);
  if (!step.outputs.empty()) out.set("outputs", json(step.outputs));
  if (step.on) out.set("on", *step.on);
  return out.set("env", json(planned.values));
}

}  // namespace

Json covered(const Plan& plan) {
  Json artifacts = Json::array();
  for (const auto& artifact : plan.artifacts)
    artifacts.push(Json::object().set("name", artifact.name).set("sha256", artifact.digest.hex));
  Json steps = Json::array();
  for (const auto& step : plan.steps) steps.push(json(step));
  return Json::object()
      .set("release", text(plan.release))
      .set("environment", plan.environment)
      .set("commit", plan.commit)
      .set("on_failure", text(plan.on_failure))
      .set("artifacts", artifacts)
      .set("steps", steps);
}

Digest digest(const Plan& plan) { return sha256(covered(plan).dump()); }

Json to_json(const Plan& plan) {
  Json missing = Json::array();
  for (const auto& one : plan.unsupported)
    missing.push(Json::object().set("what", one.what).set("place", text(one.place)));
  Json out = Json::object()
                 .set("davit_plan", 1)
                 .set("release", text(plan.release))
                 .set("name", plan.release_name)
                 .set("environment", plan.environment)
                 .set("attempt", plan.attempt)
                 .set("cause", text(plan.cause))
                 .set("digest", digest(plan).hex)
                 .set("targets", json(plan.targets));
  if (plan.from) out.set("from", plan.from->value);
  if (!plan.narrowing.empty())
    out.set("narrowing", to_json(plan.narrowing)).set("of", plan.all_hosts());
  if (plan.todays_steps) out.set("todays_steps", true);
  if (!plan.unsupported.empty()) out.set("unsupported", missing);
  return out.set("covered", covered(plan));
}

}  // namespace davit
