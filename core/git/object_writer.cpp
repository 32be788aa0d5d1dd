// SPDX-License-Identifier: MIT
#include "core/git/object_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>

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

}  // namespace

Result<std::string> ObjectWriter::write(Kind kind, std::string_view bytes) {
  const std::string type = word_for(kind);
  auto id = object_id(type, bytes);
  const auto path = fmt::format("{}/{}/{}", objects_, id.substr(0, 2), id.substr(2));
  if (is_there(path)) return id;
  DAVIT_TRY(const auto file, packed(fmt::format("{} {}{}{}", type, bytes.size(), '\0', bytes)));
  if (const auto written = put(path, file); !written) {
    auto error = written.error();
    error.message = "can't write to the repository: " + error.message;
    error.hint = "nothing was recorded; see whether the disk is full or the repository read-only";
    return error;
  }
  return id;
}

Outcome ObjectWriter::put(const std::string& path, const std::string& packed) const {
  DAVIT_TRY(auto aside, Aside::git_object(objects_));
  DAVIT_CHECK(aside.append(packed, path));
  const auto folder = path.substr(0, path.rfind('/'));
  Outcome done = Done{};
  for (int tries = 0; tries < kTries; ++tries) {
    const bool made = ::mkdir(folder.c_str(), 0777) == 0;
    if (!made && errno != EEXIST) return file_error("make", folder, errno);
    if (made && sync_ == Aside::Sync::yes) DAVIT_CHECK(sync_folder(objects_));
    done = aside.put_file(path, sync_);
    if (done || ::access(folder.c_str(), F_OK) == 0) break;
  }
  return done;
}

}  // namespace davit
