// SPDX-License-Identifier: MIT
#include "core/registry/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "core/artifacts/store.hpp"
#include "core/files/files.hpp"
#include "core/parallel/parallel.hpp"
#include "definitions/name.hpp"
#include "definitions/reader.hpp"

namespace davit {

namespace {

constexpr std::string_view kSuffix = ".toml";
constexpr std::size_t kWorthAThread = 32;  // definitions

bool is_toml(const std::string& name) {
  return name.size() > kSuffix.size() && name.ends_with(kSuffix);
}

std::string without_suffix(const std::string& name) {
  return name.substr(0, name.size() - kSuffix.size());
}

Error in_mistake(const std::vector<Mistake>& mistakes) {
  const auto more = mistakes.size() - 1;
  return {mistakes.front().message + (more > 0 ? fmt::format(" (and {} more)", more) : ""),
          "davit check shows every mistake", mistakes.front().place};
}

// What brings a .davit/ into the history.
std::string way_to_commit(const Repository& repository) {
  std::error_code none;
  const bool written = !repository.bare() &&
                       std::filesystem::is_directory(repository.top_level() + "/" + kFolder, none);
  return written ? fmt::format("git add {} && git commit: releases are pinned to commits", kFolder)
                 : "davit init, then commit: releases are pinned to commits";
}

Error no_folder(const Repository& repository, const std::string& where) {
  return {fmt::format("there is no {}/ in {}", kFolder, where), way_to_commit(repository)};
}

struct TeamFiles {
  std::vector<std::string> names, blobs;
};

TeamFiles team_files(const std::vector<TreeEntry>& entries) {
  TeamFiles out;
  for (const auto& entry : entries) {
    if (entry.is_tree || entry.is_link || !is_toml(entry.name)) continue;
    out.names.push_back(fmt::format("{}/{}", kFolder, entry.name));
    out.blobs.push_back(entry.id);
  }
  return out;
}

Result<Team> team_at(Repository& repository, const std::string& commit,
                     const std::vector<TreeEntry>& entries) {
  const auto files = team_files(entries);
  DAVIT_TRY(const auto blobs, repository.objects(files.blobs));
  std::vector<Reading<Team>> readings;
  for (std::size_t i = 0; i < blobs.size(); ++i)
    if (blobs[i])
      readings.push_back(read_team(blobs[i]->bytes, files.names[i], commit.substr(0, 7)));
  auto reading = merge_teams(std::move(readings));
  if (!reading.mistakes.empty()) return in_mistake(reading.mistakes);
  return std::move(reading.value);
}

Result<Definition> understood(Reading<Definition> reading) {
  if (!reading.mistakes.empty()) return in_mistake(reading.mistakes);
  return std::move(reading.value);
}

std::string key_of(const std::string& name, const std::string& blob, const std::string& revision) {
  return name + " " + blob + " " + revision;
}

// The commit at the trusted branch's tip.
Result<std::string> tip(Repository& repository, const std::string& branch, const Place& place) {
  DAVIT_TRY(auto commit, repository.resolve("refs/heads/" + branch));
  if (commit) return *std::move(commit);
  return Error{fmt::format("the trusted branch '{}' does not exist here", branch),
               fmt::format("git branch {} …, or change [ledger] trusted", branch), place};
}

}  // namespace

namespace {

Error no_definition(const Registry& registry, const std::string& name) {
  const auto first = name.substr(0, name.find('/'));
  if (first != name && registry.has(first))
    return {fmt::format("'{}' is no definition", name),
            "here a definition is named, not a release: " + first,
            {},
            Failure::misused};
  const auto near = nearest(name, registry.definitions());
  return {fmt::format("there is no definition '{}' at {}", name, registry.trusted()),
          near.empty() ? "davit new NAME writes one; then commit it"
                       : fmt::format("did you mean '{}'?", near),
          {},
          Failure::misused};
}

}  // namespace

std::string definition_path(const std::string& name) {
  return fmt::format("{}/definitions/{}.toml", kFolder, name);
}

Result<Registry> Registry::open(Repository& repository) {
  Registry registry;
  registry.repository_ = &repository;
  DAVIT_TRY(auto head, repository.resolve("HEAD"));
  if (!head) return Error{"this repository has no commit yet", way_to_commit(repository)};
  registry.commit_ = *std::move(head);
  registry.trusted_ = "HEAD";
  DAVIT_CHECK(registry.read_team());
  const auto trusted = registry.team_.ledger.trusted;
  if (!trusted) return registry;
  DAVIT_TRY(auto commit, tip(repository, *trusted, registry.team_.ledger.place));
  registry.trusted_ = *trusted;
  if (commit == registry.commit_) return registry;
  registry.commit_ = std::move(commit);
  DAVIT_CHECK(registry.read_team());
  if (registry.team_.ledger.trusted != trusted)
    return Error{fmt::format("HEAD trusts branch '{}', which itself trusts '{}'", *trusted,
                             registry.team_.ledger.trusted.value_or("HEAD")),
                 "make [ledger] trusted the same on both", registry.team_.ledger.place};
  return registry;
}

Outcome Registry::read_team() {
  DAVIT_TRY(const auto entries, repository_->tree(fmt::format("{}:{}", commit_, kFolder)));
  if (entries.empty()) return no_folder(*repository_, trusted_);
  DAVIT_TRY(team_, team_at(*repository_, commit_, entries));
  DAVIT_TRY(const auto files,
            repository_->tree(fmt::format("{}:{}/definitions", commit_, kFolder)));
  blobs_.clear();
  for (const auto& file : files)
    if (!file.is_tree && !file.is_link && is_toml(file.name) && is_name(without_suffix(file.name)))
      blobs_[without_suffix(file.name)] = file.id;
  return Done{};
}

std::vector<std::string> Registry::definitions() const {
  std::vector<std::string> out;
  out.reserve(blobs_.size());
  for (const auto& [name, blob] : blobs_) out.push_back(name);
  return out;
}

Result<std::vector<Registry::Ahead>> Registry::texts_ahead(const std::vector<std::string>& names) {
  std::vector<Ahead> wanted;
  std::vector<std::string> blobs;
  for (const auto& name : names) {
    const auto found = blobs_.find(name);
    if (found == blobs_.end()) continue;
    auto key = key_of(name, found->second, revision());
    if (definitions_.count(key) > 0) continue;
    wanted.push_back({std::move(key), name, {}});
    blobs.push_back(found->second);
  }
  DAVIT_TRY(auto objects, repository_->objects(blobs));
  std::vector<Ahead> there;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (!objects[i]) continue;  // rules() says so
    wanted[i].text = std::move(objects[i]->bytes);
    there.push_back(std::move(wanted[i]));
  }
  return there;
}

void Registry::understand(std::vector<Ahead>& all) const {
  in_parallel(all.size(), kWorthAThread, [&](std::size_t i) {
    auto& one = all[i];
    one.read =
        understood(read_definition(one.text, one.name, definition_path(one.name), revision()));
  });
}

void Registry::keep(std::vector<Ahead> all) {
  for (auto& one : all)
    if (one.read) definitions_.emplace(std::move(one.key), *std::move(one.read));
}

Outcome Registry::prefetch(const std::vector<std::string>& names) {
  DAVIT_TRY(auto ahead, texts_ahead(names));
  understand(ahead);
  keep(std::move(ahead));
  return Done{};
}

Result<std::string> Registry::text_of(const std::string& blob) {
  const auto found = texts_.find(blob);
  if (found != texts_.end()) return found->second;
  DAVIT_TRY(auto text, repository_->blob(blob));
  return texts_.emplace(blob, std::move(text)).first->second;
}

Result<Definition> Registry::read(const std::string& name, const std::string& blob,
                                  const std::string& revision) {
  const auto key = key_of(name, blob, revision);
  const auto found = definitions_.find(key);
  if (found != definitions_.end()) return found->second;
  DAVIT_TRY(const auto text, text_of(blob));
  auto read = understood(read_definition(text, name, definition_path(name), revision));
  return definitions_.emplace(key, std::move(read)).first->second;
}

Result<Rules> Registry::rules(const std::string& definition) {
  const auto found = blobs_.find(definition);
  if (found == blobs_.end()) return no_definition(*this, definition);
  DAVIT_TRY(auto read_one, read(definition, found->second, revision()));
  return Rules{std::move(read_one), team_, commit_};
}

Result<Definition> Registry::pinned(const std::string& name, const DefinitionPin& pin) {
  if (!pin.blob.empty()) return read(name, pin.blob, pin.commit.substr(0, 7));
  DAVIT_TRY(const auto text, pinned_text(name, pin));
  return understood(read_definition(text, name, pin.path));
}

Result<std::string> Registry::pinned_text(const std::string& name, const DefinitionPin& pin) {
  if (!pin.blob.empty()) return text_of(pin.blob);
  // Cut with --dirty: the file itself was put into the store.
  const Store store(repository_->private_directory());
  const auto path = store.path(pin.digest);
  if (path) return read_file(*path);
  return Error{
      fmt::format("the definition that {} was cut from was never committed and is not here", name),
      "cut the release again"};
}

Result<State> Registry::present(const Rules& rules, const std::vector<ReleaseNumber>& also) {
  auto ledger = this->ledger(rules.definition.name);
  DAVIT_TRY(auto state, ledger.present([&](const State& bare) {
    auto numbers = of_interest(rules, bare);
    numbers.insert(numbers.end(), also.begin(), also.end());
    return numbers;
  }));
  if (wants_whole(rules, state)) return ledger.whole();
  return state;
}

Result<std::vector<Result<Registry::Standing>>> Registry::standings(
    const std::vector<std::string>& names) {
  DAVIT_TRY(auto ahead, texts_ahead(names));
  const auto when = ahead.size() < kWorthAThread ? std::launch::deferred : std::launch::async;
  auto understanding = std::async(when, [&] { understand(ahead); });
  std::vector<Result<Rules>> rules;
  // The ledgers are asked for meanwhile; which of their releases, the definitions say.
  const auto know_rules = [&] {
    if (!rules.empty()) return;
    understanding.get();
    keep(std::move(ahead));
    for (const auto& name : names) rules.push_back(this->rules(name));
  };
  std::vector<LedgerQuestion> questions;
  for (std::size_t i = 0; i < names.size(); ++i)
    questions.push_back({names[i], [&, i](const State& bare) {
                           know_rules();
                           return rules[i] ? of_interest(*rules[i], bare)
                                           : std::vector<ReleaseNumber>{};
                         }});
  DAVIT_TRY(auto states, presents(*repository_, questions));
  know_rules();
  std::vector<Result<Standing>> out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto& state = states[i];
    if (rules[i] && state && wants_whole(*rules[i], *state)) state = ledger(names[i]).whole();
    if (!rules[i])
      out.push_back(std::move(rules[i]).error());
    else if (!state)
      out.push_back(std::move(state).error());
    else
      out.push_back(Standing{*std::move(rules[i]), *std::move(state)});
  }
  return out;
}

Result<std::string> Registry::only_definition() const {
  if (blobs_.size() == 1) return blobs_.begin()->first;
  if (blobs_.empty())
    return Error{fmt::format("there is no definition at {}", trusted_),
                 "davit new NAME writes one; then commit it",
                 {},
                 Failure::misused};
  return Error{"which definition?",
               fmt::format("there are: {}", fmt::join(definitions(), ", ")),
               {},
               Failure::misused};
}

}  // namespace davit
