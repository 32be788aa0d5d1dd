// SPDX-License-Identifier: MIT
// How a stream shows things: colours where they are wanted, symbols that its locale can show.
//
// green: live   yellow: waiting   red: failed   dim: old
//
// Sentences are written with the symbols of UTF-8 (✔ ✘ ○ → … · — ⚠ █ ░); a Writer without UTF-8
// puts ASCII in their place, so that no command thinks about it.
#pragma once

#include <string>
#include <string_view>

#include "cli/ci_form.hpp"

namespace davit {

struct Style {
  bool colour = false;
  bool utf8 = true;
  CiForm ci = CiForm::none;  // what else reads it

  std::string live(std::string_view text) const { return painted("32", text); }
  std::string waiting(std::string_view text) const { return painted("33", text); }
  std::string failed(std::string_view text) const { return painted("31", text); }
  std::string old(std::string_view text) const { return painted("2", text); }
  std::string bold(std::string_view text) const { return painted("1", text); }

  // The text with ASCII for our symbols where the stream has no UTF-8.
  std::string shown(std::string_view text) const;

  bool operator==(const Style&) const = default;

 private:
  std::string painted(std::string_view code, std::string_view text) const;
};

// "→" is "->", "…" is "...", "✔" is "+", "✘" is "x", "○" is "o". Other characters stay.
std::string in_ascii(std::string_view text);

}  // namespace davit
