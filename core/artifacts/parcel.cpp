// SPDX-License-Identifier: MIT
#include "core/artifacts/parcel.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <map>

#include "core/artifacts/file_error.hpp"
#include "core/artifacts/inside.hpp"
#include "core/artifacts/tar_entry.hpp"
#include "core/digest/digest.hpp"

namespace davit {

namespace {

constexpr std::int64_t kRoom = 64 * 1024;

// A file that nobody else can find.
Result<Descriptor> nameless(const std::string& folder) {
  Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.open()) return file;
  auto path = folder + "/parcel-XXXXXX";  // the file system knows no nameless files
  file = Descriptor(::mkostemp(path.data(), O_CLOEXEC));
  if (!file.open()) return file_error("write to", folder, errno);
  ::unlink(path.c_str());
  return file;
}

class Packer {
 public:
  Packer(Parcel& parcel, std::string folder, const std::function<bool()>& give_up)
      : parcel_(parcel), folder_(std::move(folder)), give_up_(give_up), now_(std::time(nullptr)) {
    known_[""] = {Kind::folder, 0};
    parcel_.folders.push_back({"", 0777});
  }

  Outcome add(const ArchiveEntry& entry, Archive& archive) {
    DAVIT_CHECK(ordinary(entry));
    DAVIT_TRY(const auto parts, inside(entry));
    if (entry.kind == ArchiveEntry::Kind::folder) return add_folder(entry, parts);
    if (entry.kind == ArchiveEntry::Kind::symlink) DAVIT_CHECK(stays_inside(entry, parts));
    if (parts.empty()) return conflict(entry);
    DAVIT_CHECK(enter(entry, {parts.begin(), parts.end() - 1}));
    const auto path = fmt::format("{}", fmt::join(parts, "/"));
    const auto there = known_.find(path);
    // The last of several files of one name wins, as with tar; nothing else may stand there.
    if (there != known_.end()) {
      if (entry.kind != ArchiveEntry::Kind::file || there->second.kind != Kind::file)
        return conflict(entry);
      parcel_.files[there->second.index].path.clear();
    }
    if (entry.kind == ArchiveEntry::Kind::symlink) {
      known_[path] = {Kind::symlink, parcel_.links.size()};
      parcel_.links.push_back({path, entry.target});
      return Done{};
    }
    if (entry.kind == ArchiveEntry::Kind::hard_link) return add_hard_link(entry, path);
    return add_file(entry, archive, path);
  }

  // What comes behind the files.
  Outcome finish(const std::function<std::string(const Parcel&)>& list) {
    auto& files = parcel_.files;
    std::erase_if(files, [](const auto& file) { return file.path.empty(); });
    std::stable_sort(files.begin(), files.end(),
                     [](const auto& a, const auto& b) { return a.mode < b.mode; });
    std::string others;
    for (const auto& folder : parcel_.folders)
      others += header(TarEntry::Type::folder, folder.path, folder.mode);
    for (const auto& link : parcel_.links)
      others += header(TarEntry::Type::symlink, link.path, 0777, link.target);
    DAVIT_TRY(parcel_.others, append(others));
    const auto text = list(parcel_);
    const auto size = static_cast<std::int64_t>(text.size());
    auto entry = tar_header({.path = "list", .target = "", .mode = 0600, .size = size});
    entry += text;
    entry.resize(static_cast<std::size_t>(in_tar_blocks(static_cast<std::int64_t>(entry.size()))),
                 '\0');
    DAVIT_TRY(parcel_.list, append(entry));
    DAVIT_TRY(parcel_.end, append(std::string(2 * kTarBlock, '\0')));
    parcel_.size = end_;
    return Done{};
  }

 private:
  enum class Kind { file, symlink, folder };
  struct Known {
    Kind kind;
    std::size_t index;
  };

  static Error conflict(const ArchiveEntry& entry) {
    return {fmt::format("{} stands where another entry already does", named(entry)),
            "nothing was unpacked; make the archive again"};
  }

  std::string header(TarEntry::Type type, const std::string& path, unsigned mode,
                     const std::string& target = "") const {
    return tar_header({.type = type,
                       .path = path.empty() ? "new/" : "new/" + path,
                       .target = target,
                       .mode = mode,
                       .modified = now_});
  }

  // Every folder down to this one, made where it is missing.
  Outcome enter(const ArchiveEntry& entry, const std::vector<std::string>& parts) {
    auto path = std::string();
    for (std::size_t i = 0; i <= parts.size(); ++i) {
      if (i > 0) path += (path.empty() ? "" : "/") + parts[i - 1];
      const auto [found, made] = known_.insert({path, Known{Kind::folder, parcel_.folders.size()}});
      if (made) parcel_.folders.push_back({path, 0777});
      if (found->second.kind != Kind::folder)
        return Error{fmt::format("{} leads through {}, which is no folder", named(entry), path),
                     "nothing was unpacked; make the archive again"};
    }
    return Done{};
  }

  // We must be able to write in it; a mode that comes after its files only takes rights away.
  Outcome add_folder(const ArchiveEntry& entry, const std::vector<std::string>& parts) {
    DAVIT_CHECK(enter(entry, parts));
    const auto path = fmt::format("{}", fmt::join(parts, "/"));
    parcel_.folders[known_[path].index].mode &= (entry.mode & 0777) | 0700;
    return Done{};
  }

  Outcome add_file(const ArchiveEntry& entry, Archive& archive, const std::string& path) {
    return add_content(entry, path, entry.mode & 0777,
                       [&](const Archive::Take& take) { return archive.content(take); });
  }

  // A copy: whoever lacks one of two files need not lack the other.
  Outcome add_hard_link(const ArchiveEntry& entry, const std::string& path) {
    DAVIT_TRY(const auto parts, link_target(entry));
    if (parts.empty()) return conflict(entry);
    DAVIT_CHECK(enter(entry, {parts.begin(), parts.end() - 1}));
    const auto found = known_.find(fmt::format("{}", fmt::join(parts, "/")));
    if (found == known_.end() || found->second.kind != Kind::file)
      return Error{fmt::format("{} is a hard link to what is no file in it", named(entry)),
                   "nothing was unpacked; make the archive again"};
    const auto file = parcel_.files[found->second.index];
    return add_content(entry, path, file.mode, [&](const Archive::Take& take) -> Outcome {
      const auto size = sizes_[found->second.index];
      auto from = file.tar.at + file.tar.size - in_tar_blocks(size);
      std::string room(static_cast<std::size_t>(kRoom), '\0');
      for (std::int64_t done = 0; done < size;) {
        const auto want = std::min<std::int64_t>(size - done, kRoom);
        const auto got =
            ::pread(parcel_.tar.number(), room.data(), static_cast<std::size_t>(want), from + done);
        if (got <= 0) return file_error("read", folder_, got < 0 ? errno : EIO);
        DAVIT_CHECK(take({room.data(), static_cast<std::size_t>(got)}, done));
        done += got;
      }
      return Done{};
    });
  }

  // The header is written when the size is known; not every archive tells it before.
  Outcome add_content(const ArchiveEntry& entry, const std::string& path, unsigned mode,
                      const std::function<Outcome(const Archive::Take&)>& each_piece) {
    TarEntry written{.path = "new/" + path,
                     .target = "",
                     .mode = mode,
                     .modified = entry.modified > 0 ? entry.modified : now_};
    const auto at = end_;
    const auto content = at + static_cast<std::int64_t>(tar_header(written).size());
    Digester digester;
    std::int64_t size = 0;
    DAVIT_CHECK(each_piece([&](std::string_view bytes, std::int64_t offset) -> Outcome {
      if (give_up_ && give_up_()) return Error{"ended on request"};
      add_hole(digester, offset - size);
      digester.add(bytes);
      size = offset + static_cast<std::int64_t>(bytes.size());
      return write_at(bytes, content + offset);
    }));
    add_hole(digester, entry.size - size);  // ends with a hole
    written.size = std::max(size, entry.size);
    DAVIT_CHECK(write_at(tar_header(written), at));
    end_ = content + in_tar_blocks(written.size);
    if (::ftruncate(parcel_.tar.number(), end_) != 0) return file_error("write to", folder_, errno);
    known_[path] = {Kind::file, parcel_.files.size()};
    sizes_.push_back(written.size);
    parcel_.files.push_back({path, mode, digester.finish(), written.size, {at, end_ - at}});
    return Done{};
  }

  static void add_hole(Digester& digester, std::int64_t size) {
    static const std::string zeros(static_cast<std::size_t>(kRoom), '\0');
    for (; size > 0; size -= kRoom)
      digester.add(std::string_view(zeros).substr(
          0, static_cast<std::size_t>(std::min<std::int64_t>(size, kRoom))));
  }

  Outcome write_at(std::string_view bytes, std::int64_t at) {
    while (!bytes.empty()) {
      const auto count = ::pwrite(parcel_.tar.number(), bytes.data(), bytes.size(), at);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return file_error("write to", folder_, count < 0 ? errno : ENOSPC);
      bytes.remove_prefix(static_cast<std::size_t>(count));
      at += count;
    }
    return Done{};
  }

  Result<Stretch> append(std::string_view bytes) {
    const Stretch made{end_, static_cast<std::int64_t>(bytes.size())};
    DAVIT_CHECK(write_at(bytes, end_));
    end_ += made.size;
    return made;
  }

  Parcel& parcel_;
  std::string folder_;
  const std::function<bool()>& give_up_;
  std::int64_t now_;
  std::int64_t end_ = 0;             // of the tar
  std::vector<std::int64_t> sizes_;  // of the files' contents
  std::map<std::string, Known> known_;
};

}  // namespace

Result<std::shared_ptr<const Parcel>> make_parcel(
    const std::string& archive, const std::string& folder,
    const std::function<std::string(const Parcel&)>& list, const std::function<bool()>& give_up) {
  auto parcel = std::make_shared<Parcel>();
  DAVIT_TRY(parcel->tar, nameless(folder));
  DAVIT_TRY(auto from, Archive::open(archive));
  Packer packer(*parcel, folder, give_up);
  for (;;) {
    DAVIT_TRY(const auto entry, from.next());
    if (!entry) break;
    DAVIT_CHECK(packer.add(*entry, from));
  }
  DAVIT_CHECK(packer.finish(list));
  return std::shared_ptr<const Parcel>(std::move(parcel));
}

}  // namespace davit
