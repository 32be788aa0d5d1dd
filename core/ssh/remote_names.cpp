// SPDX-License-Identifier: MIT
#include "core/ssh/remote_names.hpp"

#include <fmt/format.h>

namespace davit {

std::string remote_place(const std::string& definition, const std::string& environment) {
  return fmt::format("{}/{}", definition, environment);
}

std::string remote_key(const std::string& definition, const DeploymentId& id) {
  return fmt::format("{}/{}/{}/{}", definition, id.release.value, id.environment, id.attempt);
}

std::optional<DeploymentId> deployment_in(std::string_view key) {
  const auto first = key.find('/');
  const auto middle = first == std::string_view::npos ? first : key.find('/', first + 1);
  if (middle == std::string_view::npos) return std::nullopt;
  const auto release = parse_release(key.substr(0, middle));
  const auto attempt = parse_release(key.substr(middle + 1));  // of the same form
  if (!release || !attempt) return std::nullopt;
  return DeploymentId{release->number, attempt->definition, attempt->number.value};
}

}  // namespace davit
