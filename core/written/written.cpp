// SPDX-License-Identifier: MIT
#include "core/written/written.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace davit {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolder = ".davit";
constexpr std::string_view kSuffix = ".toml";

Error cannot_read(const std::string& path, int reason) {
  return {fmt::format("{} can't be read: {}", path, std::generic_category().message(reason))};
}

class File {
 public:
  // Not blocking, so that a pipe of that name is refused and not waited for.
  explicit File(const std::string& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// Takes the files of one folder on disk. A folder that is not there holds none.
Outcome take(Written& written, const fs::path& folder, const std::string& shown) {
  std::error_code trouble;
  fs::directory_iterator entry(folder, trouble);
  for (const fs::directory_iterator end; !trouble && entry != end; entry.increment(trouble)) {
    auto file = written_file(entry->path().string());
    if (!file) continue;
    auto text = file_text(file->path);
    file->path = (shown == "." ? "" : shown + "/") + entry->path().filename().string();
    file->readable = text.has_value();
    if (text)
      file->text = std::move(text).value();
    else
      written.unreadable.push_back({{file->path}, text.error().message});
    written.files.push_back(*std::move(file));
  }
  if (trouble && trouble != std::errc::no_such_file_or_directory)
    return cannot_read(folder.string(), trouble.value());
  return Done{};
}

void sort(Written& written) {
  std::sort(written.files.begin(), written.files.end(),
            [](const WrittenFile& a, const WrittenFile& b) { return a.path < b.path; });
}

// Paths and blob ids of a commit or the index, as files.
Result<Written> blobs(Repository& repository,
                      const std::vector<std::pair<std::string, std::string>>& all) {
  Written written;
  std::vector<std::string> ids;
  for (const auto& [path, id] : all)
    if (auto file = written_file(path)) {
      written.files.push_back(*std::move(file));
      ids.push_back(id);
    }
  DAVIT_TRY(auto objects, repository.objects(ids));
  for (std::size_t i = 0; i < objects.size(); ++i)
    if (objects[i]) written.files[i].text = std::move(objects[i]->bytes);
  sort(written);
  return written;
}

}  // namespace

std::optional<std::string> find_folder(const std::string& directory) {
  std::error_code trouble;
  fs::path here = fs::absolute(directory.empty() ? "." : directory, trouble).lexically_normal();
  if (!here.has_filename()) here = here.parent_path();
  for (;; here = here.parent_path()) {
    if (fs::is_directory(here / kFolder, trouble)) return (here / kFolder).string();
    if (fs::exists(here / ".git", trouble) || here == here.parent_path()) return std::nullopt;
  }
}

std::optional<WrittenFile> written_file(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (!path.ends_with(kSuffix) || slash == std::string::npos) return std::nullopt;
  const std::string folder = path.substr(0, slash);
  WrittenFile file{.path = path};
  file.name = path.substr(slash + 1, path.size() - slash - 1 - kSuffix.size());
  if (file.name.empty() || file.name.front() == '.') return std::nullopt;
  if (folder == ".davit/definitions" || folder.ends_with("/.davit/definitions")) return file;
  file.kind = WrittenFile::Kind::team;
  if (folder == kFolder || folder.ends_with("/.davit")) return file;
  return std::nullopt;
}

Result<std::string> file_text(const std::string& path) {
  const File file(path);
  struct stat status {};
  if (file.descriptor() < 0 || fstat(file.descriptor(), &status) != 0)
    return cannot_read(path, errno);
  if (!S_ISREG(status.st_mode)) return Error{fmt::format("{} is not a file", path)};
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t at = 0;
  for (;;) {
    if (at == text.size()) text.resize(at + 4096);  // it grows while it is read
    const ssize_t count = ::read(file.descriptor(), text.data() + at, text.size() - at);
    if (count < 0 && errno != EINTR) return cannot_read(path, errno);
    if (count == 0) break;
    at += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  text.resize(at);
  return text;
}

std::string seen_from(const std::string& directory, const std::string& path) {
  if (directory.empty()) return path;
  const std::string seen = fs::path(path).lexically_relative(directory).string();
  return seen.starts_with("../") && seen.size() > path.size() ? path : seen;
}

Result<Written> written_on_disk(const std::string& folder, const std::string& seen) {
  Written written;
  for (const std::string& place : {folder, folder + "/definitions"})
    DAVIT_CHECK(take(written, place, seen_from(seen, place)));
  sort(written);
  return written;
}

Result<Written> written_in_index(Repository& repository) {
  DAVIT_TRY(const auto staged, repository.staged(std::string(kFolder)));
  return blobs(repository, staged);
}

Result<Written> written_at(Repository& repository, const std::string& revision) {
  DAVIT_TRY(const auto commit, repository.resolve(revision));
  if (!commit)
    return Error{fmt::format("there is no commit '{}'", revision), {}, {}, Failure::misused};
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string& folder : {std::string(kFolder), std::string(kFolder) + "/definitions"}) {
    DAVIT_TRY(const auto entries, repository.tree(*commit + ":" + folder));
    for (const TreeEntry& entry : entries)
      if (!entry.is_tree && !entry.is_link) all.emplace_back(folder + "/" + entry.name, entry.id);
  }
  DAVIT_TRY(Written written, blobs(repository, all));
  written.revision = commit->substr(0, 7);
  return written;
}

void replace(Written& written, WrittenFile file) {
  std::erase_if(written.files, [&](const WrittenFile& old) { return old.path == file.path; });
  std::erase_if(written.unreadable,
                [&](const Mistake& old) { return old.place.file == file.path; });
  written.files.push_back(std::move(file));
  sort(written);
}

}  // namespace davit
