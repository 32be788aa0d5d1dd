// SPDX-License-Identifier: MIT
#include "core/release/cut.hpp"

#include <fmt/format.h>

#include <ctime>
#include <iomanip>
#include <sstream>

#include "core/files/files.hpp"
#include "core/policy/release_name.hpp"
#include "core/policy/request.hpp"
#include "core/release/values.hpp"
#include "definitions/fields.hpp"
#include "definitions/name.hpp"
#include "definitions/reader.hpp"

namespace davit {

namespace {

// What is being cut, while it is worked out.
struct Draft {
  Definition definition;
  ReleaseCreated facts;
  std::string pattern;
};

Error uncommitted(const std::string& changes) {
  const auto first = changes.substr(0, changes.find('\n'));
  return {fmt::format("there are uncommitted changes under {}/: {}", kFolder,
                      first.size() > 3 ? first.substr(3) : first),
          "commit them, or use --dirty for an untrusted release",
          {},
          Failure::refused};
}

Result<bool> dirty(Repository& repository, bool allowed) {
  if (repository.bare()) return false;
  DAVIT_TRY(const auto changes, repository.git({"status", "--porcelain", "--untracked-files=all",
                                                "--", fmt::format(":/{}", kFolder)}));
  if (changes.empty()) return false;
  if (!allowed) return uncommitted(changes);
  return true;
}

Error not_there(const Registry& registry, const std::string& name) {
  const auto near = nearest(name, registry.definitions());
  return {fmt::format("there is no {} at HEAD", definition_path(name)),
          registry.has(name)
              ? fmt::format("it is on {}: git switch there, or merge it", registry.trusted())
          : near.empty() ? "davit new NAME writes one; then commit it"
                         : fmt::format("did you mean '{}'?", near),
          {},
          Failure::misused};
}

// The file's text and what pins it: of the commit, or of the disk when it is dirty.
Result<std::string> definition_text(Registry& registry, Draft& draft, const std::string& name,
                                    bool from_disk) {
  auto& repository = registry.repository();
  auto& pin = draft.facts.definition;
  pin.path = definition_path(name);
  if (from_disk) {
    DAVIT_TRY(auto text, read_file(repository.top_level() + "/" + pin.path));
    pin.digest = sha256(text);
    Store store(repository.private_directory());
    DAVIT_CHECK(store.add([&](const Store::Sink& sink) { return sink(text); }));
    return text;
  }
  DAVIT_TRY(const auto object, repository.object(fmt::format("{}:{}", pin.commit, pin.path)));
  if (!object) return not_there(registry, name);
  pin.blob = object->id;
  pin.digest = sha256(object->bytes);
  return object->bytes;
}

Outcome read_draft(Registry& registry, Draft& draft, const std::string& name, bool from_disk) {
  DAVIT_TRY(const auto text, definition_text(registry, draft, name, from_disk));
  const auto& pin = draft.facts.definition;
  auto reading = read_definition(text, name, pin.path, from_disk ? "" : pin.commit.substr(0, 7));
  if (!reading.mistakes.empty())
    return Error{reading.mistakes.front().message, "davit check shows every mistake",
                 reading.mistakes.front().place};
  draft.definition = std::move(reading.value);
  return Done{};
}

// Which commit this is, and whether it is on the trusted branch.
Outcome pin_commit(Registry& registry, Draft& draft) {
  auto& repository = registry.repository();
  DAVIT_TRY(const auto head, repository.resolve("HEAD"));
  draft.facts.definition.commit = head.value_or("");
  DAVIT_TRY(draft.facts.definition.branch, repository.branch());
  DAVIT_TRY(auto subject, repository.git({"log", "-1", "--format=%s", "HEAD"}));
  while (subject.ends_with('\n')) subject.pop_back();
  draft.facts.subject = subject.substr(0, 200);
  DAVIT_TRY(const bool trusted, repository.is_ancestor(*head, registry.commit()));
  draft.facts.untrusted = !trusted;
  return Done{};
}

// As strftime, in UTC.
std::string date(Instant now, const std::string& format) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::ostringstream text;
  text << std::put_time(&parts, format.c_str());
  return text.str();
}

// Everything but {rev} and {number}, which are decided with the number.
Result<std::string> name_pattern(const Draft& draft, Instant now) {
  return expand(draft.definition.release_name,
                [&](std::string_view field) -> std::optional<std::string> {
                  if (field.starts_with("rev") || field == "number") return name_mark(field);
                  if (field == "definition") return draft.definition.name;
                  if (field == "branch") return draft.facts.definition.branch;
                  if (field == "commit") return draft.facts.definition.commit.substr(0, 7);
                  if (field.starts_with("date:")) return date(now, std::string(field.substr(5)));
                  for (const auto& artifact : draft.facts.artifacts)
                    if (field == artifact.name + ".version") return artifact.version;
                  return std::nullopt;
                });
}

}  // namespace

Result<Release> cut(Registry& registry, const Cut& wish, const Actor& actor, const Clock& clock,
                    const ArtifactProgress& progress) {
  auto& repository = registry.repository();
  Draft draft;
  DAVIT_TRY(const bool from_disk, dirty(repository, wish.dirty));
  DAVIT_CHECK(pin_commit(registry, draft));
  DAVIT_CHECK(read_draft(registry, draft, wish.definition, from_disk));
  if (from_disk) draft.facts.untrusted = true;
  DAVIT_CHECK(check_given(draft.definition, wish.values));
  draft.facts.values = wish.values;
  draft.facts.draft = wish.draft;
  draft.facts.note = wish.note;

  Store store(repository.private_directory());
  DAVIT_TRY(draft.facts.artifacts,
            resolve_artifacts(repository, store,
                              {draft.definition, draft.facts.definition.commit,
                               repository.top_level(), wish.artifacts},
                              progress));
  DAVIT_TRY(draft.pattern, name_pattern(draft, clock.now()));

  auto ledger = registry.ledger(wish.definition);
  const CreateRelease request{draft.facts, draft.pattern};
  DAVIT_TRY(
      const auto state,
      ledger.append({actor, registry.commit(), {}}, clock, {registry.team().ledger.sync},
                    [&](const State& newest) {
                      return decide(newest, request, {actor.email, clock.now(), registry.commit()});
                    }));
  return state.releases.at(state.last_release);
}

}  // namespace davit
