// SPDX-License-Identifier: MIT
#include "core/artifacts/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include "core/process/shared_object.hpp"

namespace davit {

namespace {

constexpr std::size_t kBlock = 1 << 18;  // read at a time

// What is used of libarchive.
struct Libarchive {
  decltype(&archive_read_new) make = nullptr;
  decltype(&archive_read_free) free = nullptr;
  decltype(&archive_read_support_filter_gzip) gzip = nullptr;
  decltype(&archive_read_support_filter_bzip2) bzip2 = nullptr;
  decltype(&archive_read_support_filter_xz) xz = nullptr;
  decltype(&archive_read_support_filter_zstd) zstd = nullptr;
  decltype(&archive_read_support_format_tar) tar = nullptr;
  decltype(&archive_read_support_format_zip) zip = nullptr;
  decltype(&archive_read_open_filename) open = nullptr;
  decltype(&archive_read_next_header) next = nullptr;
  decltype(&archive_read_data_block) block = nullptr;
  decltype(&archive_error_string) said = nullptr;
  decltype(&archive_entry_filetype) type = nullptr;
  decltype(&archive_entry_pathname) path = nullptr;
  decltype(&archive_entry_symlink) symlink = nullptr;
  decltype(&archive_entry_hardlink) hard_link = nullptr;
  decltype(&archive_entry_perm) mode = nullptr;
  decltype(&archive_entry_size) size = nullptr;
  decltype(&archive_entry_mtime) modified = nullptr;
  locale_t utf8{};
};

Result<Libarchive> load_libarchive() {
  DAVIT_TRY(auto shared, SharedObject::open({"libarchive.so.13"}));
  Libarchive library;
  shared.find(library.make, "archive_read_new");
  shared.find(library.free, "archive_read_free");
  shared.find(library.gzip, "archive_read_support_filter_gzip");
  shared.find(library.bzip2, "archive_read_support_filter_bzip2");
  shared.find(library.xz, "archive_read_support_filter_xz");
  shared.find(library.zstd, "archive_read_support_filter_zstd");
  shared.find(library.tar, "archive_read_support_format_tar");
  shared.find(library.zip, "archive_read_support_format_zip");
  shared.find(library.open, "archive_read_open_filename");
  shared.find(library.next, "archive_read_next_header");
  shared.find(library.block, "archive_read_data_block");
  shared.find(library.said, "archive_error_string");
  shared.find(library.type, "archive_entry_filetype");
  shared.find(library.path, "archive_entry_pathname");
  shared.find(library.symlink, "archive_entry_symlink");
  shared.find(library.hard_link, "archive_entry_hardlink");
  shared.find(library.mode, "archive_entry_perm");
  shared.find(library.size, "archive_entry_size");
  shared.find(library.modified, "archive_entry_mtime");
  DAVIT_CHECK(shared.complete());
  library.utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
  return library;
}

const Result<Libarchive>& library() {
  static const Result<Libarchive> opened = load_libarchive();
  return opened;
}

// While this lives, names are UTF-8 for the calling thread: libarchive asks the locale, and in "C"
// it can't give a name with an umlaut.
class Utf8Names {
 public:
  Utf8Names() : before_(library()->utf8 ? uselocale(library()->utf8) : locale_t{}) {}
  ~Utf8Names() {
    if (before_) uselocale(before_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t before_;
};

ArchiveEntry::Kind kind(unsigned type) {
  switch (type) {
    case AE_IFDIR:
      return ArchiveEntry::Kind::folder;
    case AE_IFLNK:
      return ArchiveEntry::Kind::symlink;
    case AE_IFIFO:
      return ArchiveEntry::Kind::pipe;
    case AE_IFSOCK:
      return ArchiveEntry::Kind::socket;
    case AE_IFREG:
      return ArchiveEntry::Kind::file;
    default:
      return ArchiveEntry::Kind::device;
  }
}

}  // namespace

void Archive::Free::operator()(archive* opened) const { library()->free(opened); }

Error Archive::broken() const {
  const char* said = library()->said(archive_.get());
  return {fmt::format("the archive can't be read: {}", said != nullptr ? said : "it is damaged"),
          "tar (plain, gz, xz, bz2, zst) and zip are read; make it again and create a new release"};
}

Result<Archive> Archive::open(const std::string& path) {
  if (!library()) return library().error();
  const auto& use = *library();
  Archive opened(use.make());
  archive* self = opened.archive_.get();
  if (self == nullptr) return Error{"libarchive has no memory left"};
  // Only these: every other format it knows is one more way in.
  use.gzip(self);
  use.bzip2(self);
  use.xz(self);
  use.zstd(self);
  use.tar(self);
  use.zip(self);
  if (use.open(self, path.c_str(), kBlock) != ARCHIVE_OK) return opened.broken();
  return opened;
}

Result<std::optional<ArchiveEntry>> Archive::next() {
  const Utf8Names while_it_reads;
  const auto& use = *library();
  archive_entry* raw = nullptr;
  int status = ARCHIVE_RETRY;
  while (status == ARCHIVE_RETRY) status = use.next(archive_.get(), &raw);
  if (status == ARCHIVE_EOF) return std::optional<ArchiveEntry>{};
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return broken();
  const char* path = use.path(raw);
  const char* symlink = use.symlink(raw);
  const char* hard_link = use.hard_link(raw);
  ArchiveEntry entry;
  entry.kind = hard_link != nullptr ? ArchiveEntry::Kind::hard_link : kind(use.type(raw));
  if (path == nullptr || (entry.kind == ArchiveEntry::Kind::symlink && symlink == nullptr))
    return Error{"the archive can't be read: a name in it is neither UTF-8 nor plain bytes"};
  entry.path = path;
  if (hard_link != nullptr)
    entry.target = hard_link;
  else if (symlink != nullptr)
    entry.target = symlink;
  entry.mode = use.mode(raw);
  entry.size = use.size(raw);
  entry.modified = use.modified(raw);
  return std::optional<ArchiveEntry>(std::move(entry));
}

Outcome Archive::content(const Take& take) {
  const Utf8Names while_it_reads;
  for (;;) {
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = library()->block(archive_.get(), &bytes, &size, &offset);
    if (status == ARCHIVE_EOF) return Done{};
    if (status == ARCHIVE_RETRY) continue;
    if (status != ARCHIVE_OK) return broken();
    DAVIT_CHECK(take({static_cast<const char*>(bytes), size}, offset));
  }
}

}  // namespace davit
