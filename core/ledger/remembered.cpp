// SPDX-License-Identifier: MIT
#include "core/ledger/remembered.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "core/artifacts/aside.hpp"

namespace davit {

std::optional<Remembered> read_remembered(const std::string& file) {
  std::ifstream from(file);
  Remembered head;
  if (!(from >> head.sequence >> head.commit) || head.commit.size() != 40) return std::nullopt;
  return head;
}

Outcome write_remembered(const std::string& file, const Remembered& head, bool sync) {
  const auto folder = std::filesystem::path(file).parent_path().string();
  DAVIT_CHECK(make_folders(folder));
  DAVIT_TRY(auto aside, Aside::file_for_all(folder));
  DAVIT_CHECK(aside.append(fmt::format("{} {}\n", head.sequence, head.commit), file));
  // What is there after a power failure may be older, but not half of it: no sync of the folder.
  if (sync) DAVIT_CHECK(aside.sync(file));
  DAVIT_CHECK(aside.put_file(file, Aside::Sync::no));
  sweep(folder);
  return Done{};
}

}  // namespace davit
