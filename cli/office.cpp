// SPDX-License-Identifier: MIT
#include "cli/office.hpp"

namespace davit {

Result<Actor> Office::actor() {
  DAVIT_TRY(auto email, repository.email());
  DAVIT_TRY(auto name, repository.user_name());
  return Actor{std::move(email), std::move(name)};
}

Result<std::unique_ptr<Office>> open_office(const Desk& desk) {
  DAVIT_TRY(auto repository, Repository::open(desk.directory()));
  auto office = std::unique_ptr<Office>(new Office{std::move(repository), std::nullopt});
  DAVIT_TRY(auto registry, Registry::open(office->repository));
  office->opened.emplace(std::move(registry));
  return office;
}

}  // namespace davit
