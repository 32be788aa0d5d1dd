// SPDX-License-Identifier: MIT
// The lines of a journal, and what they say together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/runner/journal.hpp"

namespace davit {

// {"begin":{"index":0,"target":"local","step":"Migrate","try":1,"repeatable":false,"boot":"…"},
//  "at":"…"}
std::string journal_line(const Begin&, Instant at);
// {"end":{"index":0,"record":{…},"outputs":{…}},"at":"…"}
std::string journal_line(int index, const StepRecord&, const Outputs&, Instant at);

// What the lines say, without having looked at any try; in the order of index and target. Lines
// that are none are passed over.
struct JournalEntry {
  StepProgress step;
  bool repeatable = false;
  std::string boot;  // that the last try was begun in
};
std::vector<JournalEntry> read_journal_lines(std::string_view text);

// This boot of the machine; empty where the system doesn't say.
std::string boot_id();

}  // namespace davit
