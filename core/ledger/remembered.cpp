// SPDX-License-Identifier: MIT
#include "core/ledger/remembered.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/artifacts/file_error.hpp"
#include "core/process/descriptor.hpp"

namespace davit {

namespace {

constexpr char kAside = '~';  // is in no name of a definition

// What a davit that was killed left here. One that lives needs no minute.
void sweep_beside(const std::string& file) {
  namespace fs = std::filesystem;
  const fs::path path(file);
  const auto aside = path.filename().string() + kAside;
  const auto old = fs::file_time_type::clock::now() - std::chrono::minutes(1);
  std::error_code gone, end_of_folder;
  for (fs::directory_iterator at(path.parent_path(), end_of_folder), end;
       !end_of_folder && at != end; at.increment(end_of_folder))
    if (at->path().filename().string().starts_with(aside) && at->last_write_time(gone) < old)
      fs::remove(at->path(), gone);
}

}  // namespace

std::optional<Remembered> read_remembered(const std::string& file) {
  std::ifstream from(file);
  Remembered head;
  if (!(from >> head.sequence >> head.commit) || head.commit.size() != 40) return std::nullopt;
  return head;
}

Outcome write_remembered(const std::string& file, const Remembered& head, bool sync) {
  const auto fresh = file + kAside + std::to_string(getpid());
  const auto opened = [&] {
    return Descriptor(open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  };
  auto to = opened();
  if (!to.open() && errno == ENOENT) {
    std::error_code told_by_open;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path(), told_by_open);
    to = opened();
  }
  if (!to.open()) return file_error("write", fresh, errno);
  const auto line = fmt::format("{} {}\n", head.sequence, head.commit);
  std::string_view rest = line;
  while (!rest.empty() && write_some(to, rest) != Flow::ended) {
  }
  const bool written = rest.empty() && (!sync || fdatasync(to.number()) == 0);
  if (written && rename(fresh.c_str(), file.c_str()) == 0) {
    sweep_beside(file);
    return Done{};
  }
  auto error = file_error("write", file, errno);
  unlink(fresh.c_str());
  return error;
}

}  // namespace davit
