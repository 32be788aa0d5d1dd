// SPDX-License-Identifier: MIT
#include "tests/world/runner_stage.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "core/runner/approach.hpp"

namespace davit::stage {

void Remembering::tell(std::string text) {
  told_.push_back(std::move(text));
  if (then) then(told_.back());
}

void Remembering::step_started(const PlannedStep& step, const std::string&, int attempt) {
  tell("start " + step.step.name + " " + std::to_string(attempt));
}

void Remembering::line(const PlannedStep& step, const std::string&, std::string_view text,
                       bool error) {
  tell(step.step.name + (error ? "! " : "| ") + std::string(text));
}

void Remembering::step_finished(const PlannedStep& step, const StepRecord& record) {
  tell("end " + step.step.name + " " + davit::text(record.status));
}

void Remembering::note(std::string_view text) { tell("note " + std::string(text)); }

bool Remembering::heard(std::string_view text) const {
  return std::find(told_.begin(), told_.end(), text) != told_.end();
}

Stage::Stage() {
  char name[] = "/tmp/davit-runner-XXXXXX";
  path_ = mkdtemp(name);
  plan.targets = {"local"};
  std::filesystem::create_directories(path("top"));
  std::filesystem::create_directories(path("checkout"));
}

Stage::~Stage() { std::filesystem::remove_all(path_); }

Step& Stage::add(const std::string& name, Action action) {
  PlannedStep planned;
  planned.index = static_cast<int>(plan.steps.size());
  planned.step.name = name;
  planned.step.action = std::move(action);
  planned.step.every = Duration{1};
  plan.steps.push_back(std::move(planned));
  return plan.steps.back().step;
}

void Stage::value(const std::string& name, const std::string& value) {
  plan.steps.back().values.push_back({name, value, {}, "step"});
}

void Stage::secret(const std::string& name, const SecretSource& source) {
  plan.steps.back().values.push_back({name, "", source, "step"});
}

Plan Stage::plan_here() const {
  auto made = plan;
  for (const auto& planned : plan.steps)
    made.rounds.push_back({.step = planned.index, .targets = {kLocal}});
  return made;
}

Result<RunReport> Stage::execute() {
  request.plan = plan_here();
  request.folder = folder();
  request.repository = path("top");
  request.checkout = path("checkout");
  Approach nowhere({}, {}, "");
  return davit::execute(request, nowhere, teller, system_clock(), interrupts);
}

RunReport Stage::report() {
  auto report = execute();
  const std::string why = report ? "" : report.error().message;
  INFO(why);
  REQUIRE(report.has_value());
  return *std::move(report);
}

int Stage::execute_apart() {
  const int process = ::fork();
  REQUIRE(process >= 0);
  if (process > 0) return process;
  const auto report = execute();
  ::_exit(!report ? 99 : static_cast<int>(report->end));
}

std::string Stage::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void Stage::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name)) << text;
}

StepProgress Stage::progress(int index) const {
  const auto known = Journal::read(folder());
  REQUIRE(known.has_value());
  for (const auto& step : *known)
    if (step.index == index) return step;
  return {};
}

void await(const std::function<bool()>& there) {
  while (!there()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void await_file(const std::string& path) {
  await([&] { return std::filesystem::exists(path); });
}

std::string text(const std::vector<StepRecord>& steps) {
  std::string out;
  for (const auto& step : steps) {
    if (!out.empty()) out += ", ";
    out += step.step + " " + davit::text(step.status);
    if (!step.message.empty()) out += ": " + step.message;
  }
  return out;
}

}  // namespace davit::stage
