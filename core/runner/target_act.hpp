// SPDX-License-Identifier: MIT
// What does no harm twice on a target, and is done there by davit's own words: a link, an upload.
// Where the connection is lost it is simply done again; where it is to end, the connection is
// closed.
#pragma once

#include "core/runner/target_script.hpp"

namespace davit {

class TargetAct : public TargetDeed {
 public:
  explicit TargetAct(const Site& site) : site_(site) {}

  void begin(const std::string& name, int attempt) final;
  void ask(const std::string& name, int attempt) final { begin(name, attempt); }
  void hear(const Answer&) final;
  void end(TryEnd::Why) final;
  void forget() final {}

 protected:
  virtual void act() = 0;
  // An answer to this try, unless the target refused.
  virtual void heard(const Answer&) = 0;

  const Site& site_;
  std::string name_;  // of the try
};

std::unique_ptr<TargetDeed> target_link(const Site&);
std::unique_ptr<TargetDeed> target_upload(const Site&);

}  // namespace davit
