// SPDX-License-Identifier: MIT
#include "core/deployment/stored_artifacts.hpp"

#include <fmt/format.h>

#include "core/artifacts/store.hpp"

namespace davit {

Result<std::map<std::string, std::string>> stored_artifacts(const Repository& repository,
                                                            const Plan& plan) {
  const Store store(repository.private_directory());
  std::map<std::string, std::string> paths;
  for (const auto& artifact : plan.artifacts) {
    auto path = store.path(artifact.digest);
    if (!path) {
      auto error = path.error();
      error.message = fmt::format("artifact {}: {}", artifact.name, error.message);
      return error;
    }
    paths[artifact.name] = *std::move(path);
  }
  return paths;
}

}  // namespace davit
