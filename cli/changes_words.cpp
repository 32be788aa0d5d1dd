// SPDX-License-Identifier: MIT
#include "cli/changes_words.hpp"

#include <fmt/format.h>

#include <set>

#include "cli/terminal_text.hpp"
#include "cli/words.hpp"

namespace davit {

namespace {

constexpr std::size_t kBrief = 5;  // commits that are shown

// The words of one detail, line by line.
class Lines {
 public:
  Lines(const Changes& changes, Detail detail, const Style& style)
      : changes_(changes), full_(detail == Detail::full), style_(style) {}

  std::string text() {
    add("", heading());
    commits("  ", changes_.commits);
    for (const auto& one : changes_.artifacts) add("  ", artifact(one));
    for (const auto& one : changes_.variables) add("  ", variable(one));
    for (const auto& one : changes_.differences) add("  ", difference(one));
    warnings();
    return std::move(text_);
  }

 private:
  void add(std::string_view indent, const std::string& line) {
    text_ += fmt::format("{}{}\n", indent, line);
  }

  std::string heading() const {
    const auto to = davit::text(ReleaseId{changes_.definition, changes_.to});
    const auto& place = changes_.environment;
    if (!changes_.from)
      return place.empty() ? to + ": the first release"
                           : fmt::format("{} → {}: the first release there", to, place);
    const auto from =
        place.empty()
            ? fmt::format("{} since {}", to,
                          davit::text(ReleaseId{changes_.definition, *changes_.from}))
            : fmt::format("{} → {} in {}", changes_.from->value, changes_.to.value, place);
    return changes_.unknown.empty()
               ? fmt::format("{}: {}", from, commits_in_brief(changes_.commits))
               : from;
  }

  void commits(std::string_view indent, const std::vector<Commit>& all) {
    const auto shown = full_ || all.size() == kBrief + 1 ? all.size() : kBrief;
    for (std::size_t i = 0; i < all.size() && i < shown; ++i)
      add(indent, fmt::format("{} {}: {}", all[i].id.substr(0, 7), terminal_line(all[i].author),
                              terminal_line(all[i].summary)));
    if (all.size() > shown) add(indent, fmt::format("… {} more", all.size() - shown));
  }

  std::string artifact(const ArtifactChange& change) const {
    const auto& [name, before, after] = change;
    if (!after) return fmt::format("artifact {} removed", name);
    const auto version = terminal_line(after->version);
    const auto digest = [](const ArtifactPin& pin) { return pin.digest.abbreviated() + "…"; };
    if (!before)
      return fmt::format("artifact {} added: {}  sha256 {}", name, version, digest(*after));
    const auto was = terminal_line(before->version);
    return fmt::format("artifact {} {}  sha256 {} → {}", name,
                       was == version ? version : fmt::format("{} → {}", was, version),
                       digest(*before), digest(*after));
  }

  std::string variable(const VariableChange& change) const {
    const auto value = [](const std::optional<PlannedValue>& one) {
      if (!one) return Json();
      return Json(one->secret ? "secret from " + davit::text(*one->secret) : one->value);
    };
    return difference({{"variables", change.name}, value(change.before), value(change.after)});
  }

  std::string difference(const Difference& one) const {
    auto own = one;  // its environment is said in the heading
    if (!changes_.environment.empty() && own.path.size() > 2 && own.path[0] == "environments")
      own.path.erase(own.path.begin(), own.path.begin() + 2);
    return terminal_line(full_ ? davit::text(own, 0) : davit::text(own));
  }

  void warnings() {
    if (changes_.todays_steps)
      add("  ", fmt::format("{} is newer than the release: today's steps", changes_.environment));
    for (const auto& step : changes_.irreversible)
      add("  ", fmt::format("{} step {} can't be undone", style_.waiting("⚠"), step));
    for (const auto& one : changes_.unknown)
      add("  ", fmt::format("{} not known: {}", style_.waiting("⚠"), terminal_line(one)));
    if (!changes_.loses()) return;
    const auto count = counted(static_cast<std::int64_t>(changes_.lost.size()), "commit");
    add("  ", changes_.environment.empty()
                  ? fmt::format("{} {} of {}/{}", style_.failed("not in it:"), count,
                                changes_.definition, changes_.from->value)
                  : fmt::format("{} {} live now but not in {}; {} would go backwards",
                                style_.failed("would be lost:"), count, changes_.to.value,
                                changes_.environment));
    commits("    ", changes_.lost);
  }

  const Changes& changes_;
  bool full_;
  const Style& style_;
  std::string text_;
};

}  // namespace

std::string changes_text(const Changes& changes, Detail detail, const Style& style) {
  return Lines(changes, detail, style).text();
}

std::string commits_in_brief(const std::vector<Commit>& commits) {
  if (commits.empty()) return "no commits";
  std::set<std::string> authors;
  for (const auto& commit : commits) authors.insert(commit.email);
  return fmt::format("{}, {}", counted(static_cast<std::int64_t>(commits.size()), "commit"),
                     counted(static_cast<std::int64_t>(authors.size()), "author"));
}

}  // namespace davit
