// SPDX-License-Identifier: MIT
// Checking a document against the table of keys, and making it uniform, so that the readers of the
// single tables need not ask again what they were given.
#pragma once

#include "definitions/keys.hpp"
#include "definitions/notes.hpp"
#include "definitions/toml.hpp"

namespace davit {

// Notes every unknown, missing, misplaced or badly written key. Afterwards the document has only
// what fits the table: what does not fit is gone, shorthands are tables, single values of lists
// are lists, scalars and shares are text (definitions/shaped.hpp).
void shape(Node& document, TableKind, Notes&);

}  // namespace davit
