// SPDX-License-Identifier: MIT
// A stage for stories about the runner: a folder of its own, a plan made by hand, and a teller that
// remembers what it was told.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/runner/runner.hpp"

namespace davit::stage {

class Remembering final : public Teller {
 public:
  void step_started(const PlannedStep& step, const std::string&, int attempt) override;
  void line(const PlannedStep& step, const std::string&, std::string_view text,
            bool error) override;
  void step_finished(const PlannedStep& step, const StepRecord& record) override;
  void note(std::string_view text) override;

  // "start Build 1", "Build| text", "Build! text", "end Build succeeded", "note …"
  const std::vector<std::string>& told() const { return told_; }
  bool heard(std::string_view) const;
  // Called with each line as it is told.
  std::function<void(const std::string&)> then;

 private:
  void tell(std::string text);
  std::vector<std::string> told_;
};

class Stage {
 public:
  Stage();
  Stage(const Stage&) = delete;
  ~Stage();

  // Adds a step; `name` is its name.
  Step& add(const std::string& name, Action);
  Step& run(const std::string& name, const std::string& script) {
    return add(name, RunAction{script});
  }
  void value(const std::string& name, const std::string& value);
  void secret(const std::string& name, const SecretSource&);

  // The plan, with every step done here.
  Plan plan_here() const;
  Result<RunReport> execute();
  // Must come to an end.
  RunReport report();
  // In a process of its own; its id. Whoever calls waits for it.
  int execute_apart();

  const std::string& path() const { return path_; }
  std::string path(const std::string& name) const { return path_ + "/" + name; }
  std::string folder() const { return path("journal"); }
  std::string log() const { return read(folder() + "/log"); }
  static std::string read(const std::string& path);
  void write(const std::string& name, const std::string& text) const;
  StepProgress progress(int index) const;

  Plan plan;
  RunRequest request;
  Interrupts interrupts;
  Remembering teller;

 private:
  std::string path_;
};

// Waits until the file is there, or the condition holds: for another process, so it has to look.
void await_file(const std::string& path);
void await(const std::function<bool()>&);

// "Build succeeded, Test failed: exit status 1"
std::string text(const std::vector<StepRecord>&);

}  // namespace davit::stage
