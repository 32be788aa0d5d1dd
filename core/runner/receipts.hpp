// SPDX-License-Identifier: MIT
// The receipts of a run: what each target remembers of it (core/ssh/remote_receipt.hpp).
#pragma once

#include <string>
#include <vector>

#include "core/runner/run.hpp"
#include "core/runner/targets.hpp"
#include "core/ssh/remote_receipt.hpp"

namespace davit {

// What a session with each target begins with, so that it remembers what it begins.
Targets::Greeting greeting_of(const Run&);

class Receipts {
 public:
  Receipts(Run& run, Targets& targets) : run_(run), targets_(targets) {}
  ~Receipts();
  Receipts(const Receipts&) = delete;
  Receipts& operator=(const Receipts&) = delete;

  // Tells a target that it has done its part, and waits for nothing.
  void done(const std::string& target);
  // Waits until all who were told have answered; not for long, since a receipt that is missing
  // changes nothing but what is asked about later.
  void wait();

 private:
  void over(const std::string& target, const std::string& trouble);

  Run& run_;
  Targets& targets_;
  std::vector<std::string> told_, waiting_;
};

}  // namespace davit
