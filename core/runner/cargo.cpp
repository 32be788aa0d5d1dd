// SPDX-License-Identifier: MIT
#include "core/runner/cargo.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/artifacts/file_error.hpp"
#include "core/runner/errand.hpp"
#include "core/ssh/remote_tree.hpp"

namespace davit {

namespace {

constexpr std::size_t kCargoPiece = 128 * 1024;

Result<Cargo> open_cargo(const Run& run, const UploadAction& action) {
  Cargo cargo;
  const auto& pins = run.request.plan.artifacts;
  const auto pin = std::find_if(pins.begin(), pins.end(), [&](const ArtifactPin& one) {
    return one.name == action.artifact;
  });
  const auto path = run.request.artifact_paths.find(action.artifact);
  if (pin == pins.end() || path == run.request.artifact_paths.end())
    return Error{fmt::format("the release has no artifact {}", action.artifact)};
  cargo.pin = *pin;
  cargo.file = Descriptor(::open(path->second.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!cargo.file.open() || ::fstat(cargo.file.number(), &status) != 0)
    return file_error("read", path->second, errno);
  cargo.size = status.st_size;
  return cargo;
}

}  // namespace

Outcome load_cargo(Run& run, const UploadAction& action) {
  auto& known = run.cargoes[{action.artifact, action.unpack}];
  if (known) return Done{};
  DAVIT_TRY(auto cargo, open_cargo(run, action));
  if (action.unpack) {
    const auto& archive = run.request.artifact_paths.at(action.artifact);
    Result<std::shared_ptr<const Parcel>> made = Error{};
    const auto gave_up = errand(run, {}, [&](const GiveUp& give_up) {
      made = make_parcel(archive, run.request.folder, tree_list, give_up);
    });
    if (gave_up != GaveUp::no) return Done{};
    DAVIT_TRY(cargo.parcel, std::move(made));
  }
  known = std::make_shared<const Cargo>(std::move(cargo));
  return Done{};
}

Source cargo_source(std::shared_ptr<const Cargo> cargo, std::vector<Stretch> stretches, Sent sent) {
  struct Reading {
    std::shared_ptr<const Cargo> cargo;
    std::vector<Stretch> stretches;
    Sent sent;
    std::size_t current = 0;
    std::int64_t done = 0;
    std::string room = {};
  };
  auto state =
      std::make_shared<Reading>(Reading{std::move(cargo), std::move(stretches), std::move(sent)});
  return [state]() -> std::string_view {
    while (state->current < state->stretches.size() && state->stretches[state->current].size == 0)
      ++state->current;
    if (state->done > 0) state->sent(state->done);
    if (state->current == state->stretches.size()) {
      state->room = {};
      return {};
    }
    auto& stretch = state->stretches[state->current];
    state->room.resize(kCargoPiece);
    const auto most = std::min<std::int64_t>(stretch.size, kCargoPiece);
    const auto got = ::pread(state->cargo->from(), state->room.data(),
                             static_cast<std::size_t>(most), stretch.at);
    if (got <= 0) {
      state->current = state->stretches.size();
      state->sent(-1);
      return {};
    }
    stretch = {stretch.at + got, stretch.size - got};
    state->done += got;
    return {state->room.data(), static_cast<std::size_t>(got)};
  };
}

}  // namespace davit
