// SPDX-License-Identifier: MIT
// Any bytes, read as a definition and as a team file: never a crash, always mistakes with places.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "definitions/project.hpp"
#include "definitions/reader.hpp"

namespace {

void look_at(const std::vector<davit::Mistake>& mistakes) {
  for (const davit::Mistake& one : mistakes)
    if (one.place.line < 1 || one.place.column < 1 || one.length < 1 || one.message.empty())
      std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto definition = davit::read_definition(text, "web", "web.toml");
  auto team = davit::read_team(text, "team.toml");
  look_at(definition.mistakes);
  look_at(team.mistakes);
  look_at(davit::check({std::move(team.value), {std::move(definition.value)}, {}}));
  return 0;
}
