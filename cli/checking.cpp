// SPDX-License-Identifier: MIT
#include "cli/checking.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <map>
#include <set>

namespace davit {

namespace {

namespace fs = std::filesystem;

// What is read together, and the files of it that were asked about.
struct Tree {
  Written written;
  std::set<std::string> paths;
  bool all = false;

  bool wants(const std::string& path) const { return all || paths.count(path) > 0; }
};

void conclude(Checked& checked, const Tree& tree) {
  for (const WrittenFile& file : tree.written.files)
    if (tree.wants(file.path)) checked.files.push_back(file);
  for (Mistake& mistake : check(read(tree.written)))
    if (tree.wants(mistake.place.file)) checked.mistakes.push_back(std::move(mistake));
}

Result<Checked> everything(Written written) {
  Checked checked;
  conclude(checked, {std::move(written), {}, true});
  return checked;
}

// Files that are not under a .davit are read as definitions, with the rules of the folder that is
// nearest above them.
class Lookout {
 public:
  explicit Lookout(const std::string& directory) : here_(absolute(directory, "").string()) {}

  Outcome look_here() {
    const auto folder = find_folder(here_);
    if (folder) return look_at_all(*folder);
    return misused("there is no .davit/ here or above", "davit init makes one");
  }

  Outcome look_at(const std::string& path) {
    const fs::path full = absolute(here_, path);
    std::error_code trouble;
    if (fs::is_directory(full, trouble)) return look_at_folder(full, path);
    auto text = file_text(full.string());
    if (!text) return misused(text.error().message);
    return look_at_text(full, std::move(text).value());
  }

  // A file with this text, whatever is on disk in its place.
  Outcome look_at_text(const fs::path& full, std::string text) {
    auto file = written_file(full.string());
    const fs::path folder = full.parent_path();
    if (!file) return look_at_loose(full, std::move(text));
    const bool team = file->kind == WrittenFile::Kind::team;
    DAVIT_TRY(Tree * tree, open((team ? folder : folder.parent_path()).string()));
    put(*tree, *std::move(file), full, std::move(text));
    return Done{};
  }

  static fs::path absolute(const std::string& directory, const std::string& path) {
    std::error_code trouble;
    fs::path full = fs::absolute(fs::path(directory.empty() ? "." : directory) / path, trouble);
    full = full.lexically_normal();
    return full.has_filename() ? full : full.parent_path();
  }

  Checked found() const {
    Checked checked;
    for (const auto& one : trees_) conclude(checked, one.second);
    return checked;
  }

 private:
  Outcome look_at_folder(const fs::path& full, const std::string& path) {
    std::error_code trouble;
    if (full.filename() == ".davit") return look_at_all(full.string());
    if (fs::is_directory(full / ".davit", trouble)) return look_at_all((full / ".davit").string());
    if (full.filename() != "definitions" || full.parent_path().filename() != ".davit")
      return misused(fmt::format("there is no .davit/ in {}", path));
    DAVIT_TRY(Tree * tree, open(full.parent_path().string()));
    for (const WrittenFile& file : tree->written.files)
      if (file.kind == WrittenFile::Kind::definition) tree->paths.insert(file.path);
    return Done{};
  }

  Outcome look_at_all(const std::string& folder) {
    DAVIT_TRY(Tree * tree, open(folder));
    tree->all = true;
    return Done{};
  }

  Outcome look_at_loose(const fs::path& full, std::string text) {
    const auto folder = find_folder(full.parent_path().string());
    Tree tree;
    if (folder) {
      DAVIT_TRY(tree.written, written_on_disk(*folder, here_));
    }
    const WrittenFile file{.name = full.stem().string()};
    std::erase_if(tree.written.files,
                  [&](const WrittenFile& other) { return other.name == file.name; });
    put(tree, file, full, std::move(text));
    trees_.insert_or_assign(full.string(), std::move(tree));
    return Done{};
  }

  void put(Tree& tree, WrittenFile file, const fs::path& full, std::string text) const {
    file.path = seen_from(here_, full.string());
    file.text = std::move(text);
    tree.paths.insert(file.path);
    replace(tree.written, std::move(file));
  }

  // Each folder is read once, however many of its files are asked about.
  Result<Tree*> open(const std::string& folder) {
    const auto known = trees_.find(folder);
    if (known != trees_.end()) return &known->second;
    DAVIT_TRY(Written written, written_on_disk(folder, here_));
    return &trees_.emplace(folder, Tree{std::move(written), {}, false}).first->second;
  }

  std::string here_;
  std::map<std::string, Tree> trees_;
};

}  // namespace

Sources Checked::sources() const {
  Sources all;
  for (const WrittenFile& file : files) all.emplace(file.path, file.text);
  return all;
}

Result<Checked> check_index(Repository& repository) {
  DAVIT_TRY(Written written, written_in_index(repository));
  return everything(std::move(written));
}

Result<Checked> check_commit(Repository& repository, const std::string& revision) {
  DAVIT_TRY(Written written, written_at(repository, revision));
  return everything(std::move(written));
}

Result<Checked> check_paths(const std::string& directory, const std::vector<std::string>& paths) {
  Lookout lookout(directory);
  if (paths.empty()) DAVIT_CHECK(lookout.look_here());
  for (const std::string& path : paths) DAVIT_CHECK(lookout.look_at(path));
  return lookout.found();
}

Result<Checked> check_input(Desk& desk, const std::string& name) {
  DAVIT_TRY(std::string text, desk.in.all());
  Lookout lookout(desk.directory());
  const std::string path = name.empty() ? "stdin.toml" : name;
  DAVIT_CHECK(lookout.look_at_text(Lookout::absolute(desk.directory(), path), std::move(text)));
  return lookout.found();
}

}  // namespace davit
