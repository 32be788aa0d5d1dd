// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "definitions/ascii.hpp"
#include "definitions/keys.hpp"
#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

using Kind = Artifact::Kind;

constexpr std::array kKinds = {Kind::git,     Kind::file,   Kind::url,    Kind::command,
                               Kind::release, Kind::github, Kind::gitlab, Kind::jenkins,
                               Kind::azure,   Kind::oci};

// The source of a kind that is a table is its shorthand; everything else are options.
void read_source(const Node& table, const Table& rules, Artifact& artifact) {
  artifact.source = text_at(table, rules.shorthand);
  if (artifact.kind == Kind::release) {
    artifact.deployed_to = written_at(table, "deployed_to");
    artifact.repository = written_at(table, "repository");
    return;
  }
  for (const Member& member : table.members)
    if (member.key != rules.shorthand) artifact.options.emplace_back(member.key, member.value.text);
}

}  // namespace

Artifact read_artifact(const Member& member, Scope& scope) {
  Artifact artifact{.name = member.key, .place = scope.notes.place(member.span)};
  for (const Kind kind : kKinds) {
    const Node* source = member.value.find(text(kind));
    if (source == nullptr) continue;
    artifact.kind = kind;
    if (source->is(Node::Kind::table))
      read_source(*source, table(table(TableKind::artifact).key(text(kind))->table), artifact);
    else
      artifact.source = source->text;
    break;
  }
  if (const auto sum = written_at(member.value, "sha256")) artifact.sha256 = ascii::lowered(*sum);
  return artifact;
}

}  // namespace davit
