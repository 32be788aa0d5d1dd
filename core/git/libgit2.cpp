// SPDX-License-Identifier: MIT
#include "core/git/libgit2.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <array>

#include "core/process/shared_object.hpp"

namespace davit {

namespace {

// The functions of libgit2 that are used here.
struct Libgit2 {
  decltype(git_libgit2_init)* init = nullptr;
  decltype(git_libgit2_opts)* options = nullptr;
  decltype(git_error_last)* last_error = nullptr;
  decltype(git_oid_tostr)* id_to_text = nullptr;
  decltype(git_repository_open_ext)* open = nullptr;
  decltype(git_repository_free)* close = nullptr;
  decltype(git_repository_odb)* objects = nullptr;
  decltype(git_odb_free)* free_objects = nullptr;
  decltype(git_odb_write)* write = nullptr;
};

// git has decided whose repository it is and that its format is one we know; what these extensions
// mean concerns no object we touch. The settings outside of the repository don't, either,
// and a home that may not be read would be an error.
void set_up(const Libgit2& library) {
  std::array<const char*, 6> known{"worktreeconfig",    "partialclone", "preciousobjects",
                                   "relativeworktrees", "objectformat", "refstorage"};
  library.options(GIT_OPT_SET_OWNER_VALIDATION, 0);
  library.options(GIT_OPT_SET_EXTENSIONS, known.data(), known.size());
  for (const auto level : {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                           GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL})
    library.options(GIT_OPT_SET_SEARCH_PATH, level, "");
}

Result<Libgit2> load_libgit2() {
  DAVIT_TRY(auto file, SharedObject::open({"libgit2.so." LIBGIT2_SOVERSION, "libgit2.so"}));
  Libgit2 library;
  file.find(library.init, "git_libgit2_init");
  file.find(library.options, "git_libgit2_opts");
  file.find(library.last_error, "git_error_last");
  file.find(library.id_to_text, "git_oid_tostr");
  file.find(library.open, "git_repository_open_ext");
  file.find(library.close, "git_repository_free");
  file.find(library.objects, "git_repository_odb");
  file.find(library.free_objects, "git_odb_free");
  file.find(library.write, "git_odb_write");
  DAVIT_CHECK(file.complete());
  if (library.init() < 0) return Error{"libgit2 can't be started"};
  set_up(library);
  return library;
}

// Loaded and started once.
Result<const Libgit2*> library() {
  static const Result<Libgit2> loaded = load_libgit2();
  if (!loaded) return loaded.error();
  return &*loaded;
}

Error failed(const Libgit2& library, const char* what) {
  const auto* last = library.last_error();
  return {
      fmt::format("can't {}: {}", what, last != nullptr ? last->message : "libgit2 says no more"),
      "nothing was recorded; see whether the disk is full or the repository is read-only"};
}

git_object_t type_of(ObjectWriter::Kind kind) {
  switch (kind) {
    case ObjectWriter::Kind::commit:
      return GIT_OBJECT_COMMIT;
    case ObjectWriter::Kind::tree:
      return GIT_OBJECT_TREE;
    case ObjectWriter::Kind::blob:
      break;
  }
  return GIT_OBJECT_BLOB;
}

}  // namespace

struct ObjectWriter::Opened {
  const Libgit2& library;
  git_repository* repository = nullptr;
  git_odb* objects = nullptr;

  explicit Opened(const Libgit2& with) : library(with) {}
  ~Opened() {
    library.free_objects(objects);
    library.close(repository);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
};

ObjectWriter::ObjectWriter(std::unique_ptr<Opened> opened) : opened_(std::move(opened)) {}
ObjectWriter::ObjectWriter(ObjectWriter&&) noexcept = default;
ObjectWriter& ObjectWriter::operator=(ObjectWriter&&) noexcept = default;
ObjectWriter::~ObjectWriter() = default;

Result<ObjectWriter> ObjectWriter::open(const std::string& common_directory, bool sync) {
  DAVIT_TRY(const auto* git, library());
  // Read when the repository is opened.
  git->options(GIT_OPT_ENABLE_FSYNC_GITDIR, sync ? 1 : 0);
  auto opened = std::make_unique<Opened>(*git);
  constexpr unsigned kHere = GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT;
  if (git->open(&opened->repository, common_directory.c_str(), kHere, nullptr) != 0 ||
      git->objects(&opened->objects, opened->repository) != 0)
    return failed(*git, "open the repository for writing");
  return ObjectWriter(std::move(opened));
}

Result<std::string> ObjectWriter::write(Kind kind, std::string_view bytes) {
  const auto& git = opened_->library;
  git_oid id;
  if (git.write(&id, opened_->objects, bytes.data(), bytes.size(), type_of(kind)) != 0)
    return failed(git, "write to the repository");
  std::array<char, GIT_OID_HEXSZ + 1> text{};
  git.id_to_text(text.data(), text.size(), &id);
  return std::string(text.data());
}

}  // namespace davit
