// SPDX-License-Identifier: MIT
#include "core/git/object_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <set>
#include <thread>

#include "core/artifacts/aside.hpp"
#include "core/artifacts/file_error.hpp"
#include "core/files/files.hpp"
#include "core/git/tree.hpp"

namespace davit {

namespace {

constexpr int kTries = 10;  // git takes empty folders away at any moment

const char* word_for(ObjectWriter::Kind kind) {
  switch (kind) {
    case ObjectWriter::Kind::commit:
      return "commit";
    case ObjectWriter::Kind::tree:
      return "tree";
    case ObjectWriter::Kind::blob:
      break;
  }
  return "blob";
}

// As fast as zlib goes, like git's own: a repository packs them anew sooner or later.
Result<std::string> packed(const std::string& whole) {
  auto size = ::compressBound(whole.size());
  std::string out(size, '\0');
  if (::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(whole.data()), whole.size(), Z_BEST_SPEED) != Z_OK)
    return Error{"can't write to the repository: there is no memory left"};
  out.resize(size);
  return out;
}

// An empty file is what a power cut leaves of one that nobody synced.
bool is_there(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && status.st_size > 0 &&
         ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0;
}

Error unwritten(Error error) {
  error.message = "can't write to the repository: " + error.message;
  error.hint = "nothing was recorded; see whether the disk is full or the repository read-only";
  return error;
}

// Each on a thread of its own: they only wait for the disk. The first error, if there is one.
Outcome all_at_once(std::size_t count, const std::function<Outcome(std::size_t)>& sync) {
  std::vector<Outcome> outcomes(count, Done{});
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < count; ++i) others.emplace_back([&, i] { outcomes[i] = sync(i); });
    if (count > 0) outcomes[0] = sync(0);
  }
  for (auto& outcome : outcomes) DAVIT_CHECK(std::move(outcome));
  return Done{};
}

}  // namespace

Result<std::string> ObjectWriter::write(Kind kind, std::string_view bytes) {
  const std::string type = word_for(kind);
  auto id = object_id(type, bytes);
  auto folder = objects_ + "/" + id.substr(0, 2);
  auto path = folder + "/" + id.substr(2);
  const bool pending = std::any_of(unsettled_.begin(), unsettled_.end(),
                                   [&](const auto& other) { return other.path == path; });
  if (pending || is_there(path)) return id;
  DAVIT_TRY(const auto file, packed(fmt::format("{} {}{}{}", type, bytes.size(), '\0', bytes)));
  if (auto made = prepare(std::move(folder), std::move(path), file); !made)
    return unwritten(std::move(made).error());
  return id;
}

// Aside it has the name that git's own have, which `git gc` removes where a crash leaves one.
Outcome ObjectWriter::prepare(std::string folder, std::string path, const std::string& packed) {
  DAVIT_TRY(auto aside, Aside::git_object(objects_));
  DAVIT_CHECK(aside.append(packed, path));
  unsettled_.push_back({std::move(aside), std::move(folder), std::move(path)});
  return Done{};
}

Outcome ObjectWriter::settle() {
  auto settled = settle_all();
  unsettled_.clear();
  made_folder_ = false;
  return settled ? settled : Outcome(unwritten(std::move(settled).error()));
}

Outcome ObjectWriter::settle_all() {
  if (sync_)
    DAVIT_CHECK(all_at_once(unsettled_.size(), [this](std::size_t i) {
      return unsettled_[i].aside.sync(unsettled_[i].path);
    }));
  for (auto& one : unsettled_) DAVIT_CHECK(put(one));
  if (!sync_) return Done{};
  std::set<std::string> changed;
  for (const auto& one : unsettled_) changed.insert(one.folder);
  if (made_folder_) changed.insert(objects_);
  const std::vector<std::string> folders(changed.begin(), changed.end());
  return all_at_once(folders.size(), [&](std::size_t i) { return sync_folder(folders[i]); });
}

Outcome ObjectWriter::put(Unsettled& one) {
  Outcome done = Done{};
  for (int tries = 0; tries < kTries; ++tries) {
    if (::mkdir(one.folder.c_str(), 0777) == 0)
      made_folder_ = true;
    else if (errno != EEXIST)
      return file_error("make", one.folder, errno);
    done = one.aside.put_file(one.path, Aside::Sync::no);
    if (done || ::access(one.folder.c_str(), F_OK) == 0) break;
  }
  return done;
}

}  // namespace davit
