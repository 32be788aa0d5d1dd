// SPDX-License-Identifier: MIT
#include "core/artifacts/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "core/artifacts/matches.hpp"
#include "core/artifacts/tree_tar.hpp"
#include "core/artifacts/version.hpp"
#include "core/http/address.hpp"
#include "core/http/http.hpp"
#include "core/process/process.hpp"
#include "definitions/name.hpp"

namespace davit {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kId = 40;          // digits of a SHA-1
constexpr std::size_t kNamed = 10;       // of files in a message
constexpr std::size_t kTail = 64 << 10;  // of a command's output that is kept

std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return std::string(text.substr(text.rfind('\n') + 1));
}

std::string without_dots(std::string_view path) {
  auto plain = fs::path(path).lexically_normal().string();
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  return plain == "." ? "" : plain;
}

// Finds one artifact and takes it into the store.
class Resolution {
 public:
  Resolution(Repository& repository, Store& store, const ArtifactRequest& request,
             const Artifact& artifact, const ArtifactProgress& progress)
      : repository_(repository),
        store_(store),
        request_(request),
        artifact_(artifact),
        progress_(progress) {}

  Result<ArtifactPin> declared() {
    switch (artifact_.kind) {
      case Artifact::Kind::git:
        return from_git();
      case Artifact::Kind::file:
        return from_glob();
      case Artifact::Kind::url:
        return from_address(artifact_.source);
      case Artifact::Kind::command:
        return from_command();
      default:
        return error(fmt::format("not yet supported: artifact kind {}", text(artifact_.kind)),
                     hint_given());
    }
  }

  Result<ArtifactPin> given(const std::string& what) {
    if (is_address(what)) return from_address(what);
    return from_file("file", what, what);
  }

 private:
  Error error(std::string message, std::string hint) const {
    return {std::move(message), std::move(hint), artifact_.place};
  }

  std::string hint_given() const { return fmt::format("--artifact {}=PATH", artifact_.name); }

  Store::Meter meter() const {
    return [this](std::int64_t done, std::int64_t total) {
      if (progress_) progress_(artifact_.name, done, total);
    };
  }

  Result<ArtifactPin> pin(const char* kind, std::string source, std::string version,
                          const Stored& stored) const {
    if (artifact_.sha256 && *artifact_.sha256 != stored.digest.hex)
      return error(
          fmt::format("{} has sha256 {}, not {}", source, stored.digest.hex, *artifact_.sha256),
          "if the file is right, change sha256 in the definition");
    ArtifactPin made;
    made.name = artifact_.name;
    made.kind = kind;
    made.source = std::move(source);
    made.version = std::move(version);
    made.digest = stored.digest;
    made.size = stored.size;
    return made;
  }

  // Symlinks lead to a build's newest file, and are followed; what is read is a file.
  Result<ArtifactPin> from_file(const char* kind, const std::string& source,
                                const std::string& path) {
    std::error_code missing;
    const auto real = fs::canonical(path, missing);
    DAVIT_TRY(const auto stored, store_.add_file(missing ? path : real.string(), meter()));
    const auto pattern = artifact_.kind == Artifact::Kind::file ? artifact_.source : "";
    auto version = version_of(pattern, real.string());
    if (version == real.filename()) version = version_of(pattern, source);
    return pin(kind, source, version, stored);
  }

  Result<ArtifactPin> from_glob() {
    const auto found = matching_files(artifact_.source, request_.directory);
    if (found.files.size() == 1)
      return from_file("file", found.files.front(),
                       (fs::path(request_.directory) / found.files.front()).string());
    if (found.files.empty())
      return error(fmt::format("no file matches {}", artifact_.source),
                   found.there_is_one ? fmt::format("searched {}; build it first, or {}",
                                                    found.searched, hint_given())
                                      : fmt::format("there is no folder {}; build it first, or {}",
                                                    found.searched, hint_given()));
    const auto named = std::min(found.files.size(), kNamed);
    return error(
        fmt::format("{} files match {}: {}{}", found.files.size(), artifact_.source,
                    fmt::join(found.files.begin(),
                              found.files.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                    named < found.files.size() ? ", …" : ""),
        fmt::format("say which: {}", hint_given()));
  }

  Result<ArtifactPin> from_address(const std::string& address) {
    HttpRequest request;
    request.url = address;
    request.timeout = Duration(0);
    request.allow_file = true;
    DAVIT_TRY(const auto stored,
              store_.add([&](const Store::Sink& sink) { return fetch(request, sink, meter()); }));
    const auto shown = shown_address(address);
    const auto path = shown.substr(0, shown.find('?'));
    return pin("url", shown, version_of("", path), stored);
  }

  Result<ArtifactPin> from_command() {
    std::string output;
    Invocation command;
    command.arguments = {"sh", "-c", artifact_.source};
    command.directory = request_.directory;
    command.output_to = [&](std::string_view piece) -> Outcome {
      output += piece;
      if (output.size() > 2 * kTail) output.erase(0, output.size() - kTail);
      return Done{};
    };
    DAVIT_TRY(const auto said, run(command));
    const auto shown = fmt::format("the command `{}`", artifact_.source);
    if (said.status != 0)
      return error(fmt::format("{} ended with exit status {}{}{}", shown, said.status,
                               said.errors.empty() ? "" : ":\n", tail(said.errors)),
                   "run it by hand at the repository's top");
    const auto path = last_line(output);
    if (path.empty())
      return error(shown + " printed no path", "its last line must be a file's path");
    return from_file("command", path, (fs::path(request_.directory) / path).string());
  }

  // The last lines of what a command complained about.
  static std::string tail(std::string_view errors) {
    while (!errors.empty() && errors.back() == '\n') errors.remove_suffix(1);
    std::size_t from = errors.size();
    for (std::size_t line = 0; line < kNamed && from != 0 && from != std::string_view::npos; ++line)
      from = errors.rfind('\n', from - 1);
    return std::string(errors.substr(from == std::string_view::npos || from == 0 ? 0 : from + 1));
  }

  // "100644 blob <id>\t<path>"
  struct Entry {
    std::string mode, id;
  };

  Result<Entry> look_up(const std::string& path) {
    if (path.empty()) {
      DAVIT_TRY(const auto top, repository_.object(request_.commit + "^{tree}"));
      if (!top) return error(fmt::format("there is no commit {}", request_.commit), "");
      return Entry{"040000", top->id};
    }
    if (path.starts_with('/') || path == ".." || path.starts_with("../"))
      return error(fmt::format("{} is outside the repository", artifact_.source),
                   "write the path from the repository's top");
    DAVIT_TRY(const auto listed,
              repository_.git({"ls-tree", "-z", "--full-tree", "--", request_.commit, path}));
    const auto tab = listed.find('\t');
    if (tab != std::string::npos && tab > kId)
      return Entry{listed.substr(0, 6), listed.substr(tab - kId, kId)};
    std::error_code unknown;
    const bool here = fs::exists(fs::path(request_.directory) / path, unknown);
    return error(fmt::format("there is no {} at commit {}", path, request_.commit.substr(0, 8)),
                 here ? "it is in the working tree; commit it" : "commit it, or change the path");
  }

  Result<ArtifactPin> from_git() {
    const auto path = without_dots(artifact_.source);
    DAVIT_TRY(const auto entry, look_up(path));
    if (entry.mode == "160000")
      return error(path + " is a submodule, whose files are not in this repository",
                   "use kind command or file");
    if (entry.mode == "120000")
      return error(path + " is a symlink", "write the path that it leads to");
    int files = 1;
    std::int64_t done = 0;
    DAVIT_TRY(const auto stored, store_.add([&](const Store::Sink& sink) -> Outcome {
      const Store::Sink counted = [&](std::string_view bytes) {
        meter()(done += static_cast<std::int64_t>(bytes.size()), 0);
        return sink(bytes);
      };
      if (entry.mode != "040000")
        return repository_.stream_git({"cat-file", "blob", entry.id}, counted);
      DAVIT_TRY(files, archive_tree(repository_, entry.id, counted));
      return Done{};
    }));
    DAVIT_TRY(auto made, pin("git", path.empty() ? "." : path, entry.id.substr(0, 8), stored));
    made.git = entry.id;
    made.files = files;
    return made;
  }

  Repository& repository_;
  Store& store_;
  const ArtifactRequest& request_;
  const Artifact& artifact_;
  const ArtifactProgress& progress_;
};

std::vector<std::string> names(const Definition& definition) {
  std::vector<std::string> all;
  for (const auto& artifact : definition.artifacts) all.push_back(artifact.name);
  return all;
}

// What is wrong with --artifact itself.
std::vector<Error> misused(const ArtifactRequest& request) {
  std::vector<Error> errors;
  std::map<std::string, int> times;
  for (const auto& [name, what] : request.given) {
    if (++times[name] == 2)
      errors.push_back({fmt::format("--artifact {}=… is given twice", name), "give it once"});
    if (what.empty())
      errors.push_back({fmt::format("--artifact {}= says nothing", name), "a path or an address"});
    if (request.definition.artifact(name)) continue;
    const auto known = names(request.definition);
    const auto near = nearest(name, known);
    auto hint = known.empty() ? "it declares none" : fmt::format("{}", fmt::join(known, ", "));
    if (!near.empty()) hint = fmt::format("did you mean {}?", near);
    errors.push_back({fmt::format("{} has no artifact {}", request.definition.name, name), hint});
  }
  for (auto& error : errors) error.failure = Failure::misused;
  return errors;
}

// One error as it is; several as a list, each with its way out.
Error together(std::vector<Error> errors) {
  if (errors.size() == 1) return std::move(errors.front());
  Error all{
      fmt::format("{} artifacts are not to be had", errors.size()), "", {}, errors.front().failure};
  for (const auto& error : errors) {
    const auto place = error.place.known() ? text(error.place) + ": " : "";
    all.message += fmt::format("\n{}{}", place, error.message);
    if (!error.hint.empty()) all.message += fmt::format(" ({})", error.hint);
  }
  return all;
}

}  // namespace

Result<std::vector<ArtifactPin>> resolve_artifacts(Repository& repository, Store& store,
                                                   const ArtifactRequest& request,
                                                   const ArtifactProgress& progress) {
  auto errors = misused(request);
  if (!errors.empty()) return together(std::move(errors));
  const std::map<std::string, std::string> given(request.given.begin(), request.given.end());
  std::vector<ArtifactPin> pins;
  for (const auto& artifact : request.definition.artifacts) {
    Resolution finding(repository, store, request, artifact, progress);
    const auto what = given.find(artifact.name);
    auto found = what == given.end() ? finding.declared() : finding.given(what->second);
    if (found) {
      pins.push_back(std::move(found).value());
      continue;
    }
    auto error = std::move(found).error();
    error.message = fmt::format("artifact {}: {}", artifact.name, error.message);
    errors.push_back(std::move(error));
  }
  if (!errors.empty()) return together(std::move(errors));
  return pins;
}

}  // namespace davit
