// SPDX-License-Identifier: MIT
// What may be a name, and which known name somebody probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace davit {

// Of a definition, environment, artifact, group, target, gate: [a-z0-9][a-z0-9._-]{0,62}, not
// ending in ".lock" or ".", no "..": it becomes part of a git ref and of file names.
bool is_name(std::string_view);

// [A-Za-z_][A-Za-z0-9_]*
bool is_variable_name(std::string_view);

// The candidate nearest to `word` by edits (a swap counts one), when it is near enough to be what
// was meant; otherwise empty.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// Whether a shell-style pattern (*, ?, [a-z], [!a-z], a backslash before what is meant as such)
// matches the whole text. With `paths`, * and ? stop at a slash and ** does not. Takes at most the
// pattern's length times the text's.
bool glob_matches(std::string_view pattern, std::string_view text, bool paths = false);

}  // namespace davit
