// SPDX-License-Identifier: MIT
// Whatever stands in a ledger, line by line: it is read or refused, what was read is written the
// same again, and folding it gives a state that can be stored.
#include <algorithm>
#include <cstdlib>

#include "core/state/state.hpp"

namespace {

using namespace davit;

void demand(bool holds) {
  if (!holds) std::abort();
}

void check_bytes(const Event& event) {
  if (std::holds_alternative<Unknown>(event.fact)) return;
  const auto again = decode(encode(event));
  demand(again.has_value() && *again == event);
  demand(sentence("shop", event).find('\n') == std::string::npos);
}

// The event as if it had been made for this ledger, now.
void fold(State& state, Event event) {
  event.ledger = state.ledger;
  event.id.value.replace(24, 8, sha256(std::to_string(state.sequence)).hex, 0, 8);
  apply(state, event);
}

void check_stored(const State& present) {
  auto again = state(*Json::parse(encode(present)));
  demand(again.has_value());
  for (const auto& [number, held] : present.releases) {
    const auto read = release(*Json::parse(encode(held)));
    demand(read.has_value() && *read == held);
    again->releases.emplace(number, *read);
  }
  demand(*again == present);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  State present;
  apply(present, {{std::string(32, '0')}, "", {}, "alice@example.com", "", LedgerOpened{"shop"}});
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (const auto event = decode(line)) {
      check_bytes(*event);
      fold(present, *event);
    }
  }
  check_stored(present);
  if (const auto json = Json::parse(std::string_view(reinterpret_cast<const char*>(data), size))) {
    if (auto read = state(*json))
      demand(encode(*read) == encode(*state(*Json::parse(encode(*read)))));
    if (auto read = release(*json))
      demand(encode(*read) == encode(*release(*Json::parse(encode(*read)))));
  }
  return 0;
}
