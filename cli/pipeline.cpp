// SPDX-License-Identifier: MIT
#include "cli/pipeline.hpp"

namespace davit {

std::vector<std::string> by_pipeline(const Definition& definition,
                                     const std::set<std::string>& names) {
  std::vector<std::string> ordered;
  for (const auto* environment : in_order(definition))
    if (names.count(environment->name) > 0) ordered.push_back(environment->name);
  for (const auto& name : names)
    if (definition.environment(name) == nullptr) ordered.push_back(name);
  return ordered;
}

}  // namespace davit
