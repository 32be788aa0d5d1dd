// SPDX-License-Identifier: MIT
#include "core/artifacts/collect.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <set>

#include "core/artifacts/file_error.hpp"
#include "core/runner/journal.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;
constexpr auto kFresh = std::chrono::hours(24);

struct Needs {
  std::set<Digest> kept;
  std::map<Digest, std::string> dropped;  // what it was
  std::vector<ReleaseId> releases;        // not kept
};

Needs needs(const std::vector<History>& all, Instant now) {
  Needs found;
  for (const auto& [state, retain] : all)
    for (const auto& [number, because] : retention(state, retain, now)) {
      const ReleaseId id{state.definition, number};
      if (because.empty()) found.releases.push_back(id);
      for (const auto& pin : state.releases.at(number).artifacts) {
        if (!because.empty())
          found.kept.insert(pin.digest);
        else
          found.dropped.emplace(
              pin.digest, fmt::format("artifact {} {} of {}", pin.name, pin.version, text(id)));
      }
    }
  return found;
}

// Whether a runner holds a journal below.
bool in_use(const fs::path& folder) {
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().filename() == "alive" && Journal::alive(entry->path().parent_path().string()))
      return true;
  return false;
}

std::int64_t bytes_in(const fs::path& folder) {
  std::int64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code unknown;
    if (!entry->is_regular_file(unknown)) continue;
    const auto size = entry->file_size(unknown);
    if (!unknown) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

Outcome collect_artifacts(Store& store, const Needs& needs, const Collecting& how,
                          std::vector<Collected>& collected) {
  const auto before = how.now - kFresh;
  for (const auto& stored : store.all()) {
    if (needs.kept.count(stored.digest) != 0 || stored.since > before) continue;
    const auto known = needs.dropped.find(stored.digest);
    auto what = known != needs.dropped.end()
                    ? known->second
                    : fmt::format("artifact {} of no release", stored.digest.abbreviated());
    bool removed = true;
    if (!how.dry_run) {
      DAVIT_TRY(removed, store.remove(stored.digest, before));
    }
    if (removed) collected.push_back({std::move(what), store.place(stored.digest), stored.size});
  }
  return Done{};
}

Outcome collect_logs(const Needs& needs, const Collecting& how, std::vector<Collected>& collected) {
  for (const auto& release : needs.releases) {
    if (!is_name(release.definition)) continue;
    const auto folder = fs::path(how.private_directory) / "runs" / release.definition /
                        std::to_string(release.number.value);
    std::error_code error;
    if (!fs::is_directory(folder, error) || in_use(folder)) continue;
    const auto bytes = bytes_in(folder);
    if (!how.dry_run) fs::remove_all(folder, error);
    if (error) return file_error("remove", folder.string(), error.value());
    collected.push_back({"logs of " + text(release), folder.string(), bytes});
  }
  return Done{};
}

}  // namespace

Result<std::vector<Collected>> collect(Store& store, const std::vector<History>& all,
                                       const Collecting& how) {
  const auto found = needs(all, how.now);
  std::vector<Collected> collected;
  DAVIT_CHECK(collect_artifacts(store, found, how, collected));
  DAVIT_CHECK(collect_logs(found, how, collected));
  return collected;
}

}  // namespace davit
