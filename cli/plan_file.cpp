// SPDX-License-Identifier: MIT
#include "cli/plan_file.hpp"

#include <fmt/format.h>

#include "core/files/files.hpp"
#include "definitions/differences.hpp"

namespace davit {

Outcome same_as_file(const std::string& path, const Plan& now) {
  DAVIT_TRY(const auto bytes, read_file(path));
  const auto file = Json::parse(bytes);
  if (!file || file->integer("davit_plan") != 1)
    return Error{fmt::format("{} is no plan", path),
                 "davit plan -o FILE writes one",
                 {path},
                 Failure::misused};
  const auto written = sha256((*file)["covered"].dump());
  if (written.hex != file->text("digest"))
    return Error{fmt::format("{} was changed after davit wrote it", path),
                 "write it again: davit plan -o FILE",
                 {path},
                 Failure::refused};
  const auto narrowing = now.narrowing.empty() ? Json() : to_json(now.narrowing);
  if ((*file)["narrowing"].dump() != narrowing.dump())
    return Error{fmt::format("{} is for other targets", path),
                 "say --limit and --exclude as when it was written",
                 {path},
                 Failure::refused};
  if (written == digest(now)) return Done{};
  std::string lines;
  for (const auto& line : differences((*file)["covered"], covered(now)))
    lines += "\n        " + text(line);
  return Error{fmt::format("the plan is another now than in {}:{}", path, lines),
               "look at it again: davit plan -o FILE",
               {},
               Failure::refused};
}

}  // namespace davit
