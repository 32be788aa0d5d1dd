// SPDX-License-Identifier: MIT
// Files that are read as they are: good ones without a mistake, hostile ones without harm.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "definitions/keys.hpp"
#include "definitions/toml.hpp"
#include "tests/definitions/read.hpp"

using namespace davit;

namespace {

std::vector<std::string> files(const std::string& folder) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::string(DAVIT_SOURCE_DIR "/tests/definitions/corpus/") + folder))
    out.push_back(folder + "/" + entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

// Every key of the language that a document uses.
void collect(const Node& node, TableKind kind, std::set<std::string>& used) {
  const Table& rules = table(kind);
  for (const Member& member : node.members) {
    const Key* key = rules.key(member.key);
    if (key == nullptr) continue;
    used.insert(std::string(rules.about) + ": " + member.key);
    if (key->form != Form::table) continue;
    if (key->many == Many::named)
      for (const Member& one : member.value.members) collect(one.value, key->table, used);
    else
      collect(member.value, key->table, used);
    for (const Node& item : member.value.items) collect(item, key->table, used);
  }
}

void every_key(TableKind kind, std::set<std::string>& known) {
  const Table& rules = table(kind);
  for (const Key& key : rules.keys) {
    if (!known.insert(std::string(rules.about) + ": " + std::string(key.name)).second) return;
    if (key.form == Form::table) every_key(key.table, known);
  }
}

std::set<std::string> missing(const std::string& file, TableKind kind) {
  Notes notes(file);
  std::set<std::string> used, known, left;
  collect(*parse_toml(told::file(file), notes), kind, used);
  every_key(kind, known);
  std::set_difference(known.begin(), known.end(), used.begin(), used.end(),
                      std::inserter(left, left.end()));
  return left;
}

}  // namespace

TEST_CASE("good definitions read without a mistake") {
  for (const std::string& file : files("good")) {
    const auto read = read_definition(told::file(file), "good", file);
    CHECK_MESSAGE(read.ok(), file << ": " << told::only(told::mistakes(read.mistakes)));
  }
  const auto team = read_team(told::file("team-every-key.toml"), "team.toml");
  CHECK_MESSAGE(team.ok(), told::only(told::mistakes(team.mistakes)));
}

TEST_CASE("the good files use every key there is, so that none is known only to the table") {
  const std::set<std::string> shorthands = {"Which targets: names",
                                            "Who may and who may not; deny beats allow: allow"};
  for (const std::string& key : missing("good/every-key.toml", TableKind::definition))
    CHECK_MESSAGE(shorthands.count(key) == 1, key);
  for (const std::string& key : missing("team-every-key.toml", TableKind::team))
    CHECK_MESSAGE(
        (shorthands.count(key) == 1 || key.starts_with("An address that is told") ||
         key.starts_with("A question to the world") || key.starts_with("What an answer must be")),
        key);
}

TEST_CASE("hostile files are answered with mistakes that have a place, and nothing worse") {
  const std::set<std::string> harmless = {"hostile/empty.toml", "hostile/only-comment.toml"};
  for (const std::string& file : files("hostile")) {
    const std::string text = told::file(file);
    CAPTURE(file);
    for (const auto& mistakes :
         {read_definition(text, "x", file).mistakes, read_team(text, file).mistakes}) {
      CHECK(mistakes.empty() == (harmless.count(file) == 1));
      for (const Mistake& one : mistakes) {
        CHECK(one.place.line > 0);
        CHECK(one.place.column > 0);
        CHECK(one.length > 0);
        CHECK_FALSE(one.message.empty());
        const std::string said = one.message + one.hint;
        CHECK(std::none_of(said.begin(), said.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
      }
    }
  }
}
