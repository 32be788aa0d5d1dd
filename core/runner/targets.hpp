// SPDX-License-Identifier: MIT
// The targets of a run: one shell each, opened when first needed and kept for all steps.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/fleet/host.hpp"
#include "core/runner/loop.hpp"
#include "core/ssh/openssh.hpp"
#include "core/ssh/target_shell.hpp"
#include "core/ssh/transport.hpp"

namespace davit {

class Targets {
 public:
  // What is said first in each session with a target.
  using Greeting = std::function<std::string(const Host&, const Tongue&)>;

  // `ledger`: the id of the one whose facts the targets keep.
  Targets(Loop& loop, const Reach& reach, const std::vector<Host>& hosts, std::string ledger)
      : reach_(reach), ways_(loop, reach), hosts_(hosts), ledger_(std::move(ledger)) {}

  // Before anybody is reached.
  void greet_with(Greeting greeting) { greeting_ = std::move(greeting); }

  const Host& host(const std::string& name) const;
  // What is spoken with it.
  const Tongue& tongue(const std::string& name) const;
  // What to do about one that can't be reached, by what was said of it.
  std::string next_step(const std::string& name, const std::string& trouble) const;

  // Makes the way for whoever reaches it later. Where it can't be made they are told.
  void call(const std::string& name);
  // Makes the way when there is none yet, or the last one is lost. What is said there goes to this
  // listener from now on; not to be called from a listener.
  Outcome reach(const std::string& name, Listener);
  // Nobody listens there any more.
  void leave(const std::string& name);
  // Closes the way; not to be called from a listener.
  void drop(const std::string& name) { lines_.erase(name); }
  // The shell where it can be talked to at once; null elsewhere.
  TargetShell* ready(const std::string& name) const;

 private:
  struct Line {
    std::unique_ptr<TargetShell> shell;
    std::shared_ptr<Listener> listener;  // of whoever uses it now
    bool ready = false, greeted = false;
  };
  Outcome open(Line&, const Host&, Listener);

  const Reach& reach_;
  Ways ways_;
  const std::vector<Host>& hosts_;
  std::string ledger_;
  Greeting greeting_;
  std::map<std::string, Line> lines_;
};

}  // namespace davit
