// SPDX-License-Identifier: MIT
// A head of a ledger that this clone remembers, in a file of one line: "17 <commit>".
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "definitions/result.hpp"

namespace davit {

struct Remembered {
  std::int64_t sequence = 0;
  std::string commit;
};

// Nothing where there is none, or where the file was cut off by a power failure.
std::optional<Remembered> read_remembered(const std::string& file);

// Whole or not at all.
Outcome write_remembered(const std::string& file, const Remembered&, bool sync);

}  // namespace davit
