// SPDX-License-Identifier: MIT
// The registry: what a team wrote under .davit/ as it stands at the tip of the trusted branch, and
// the ledgers beside it.
//
// The trusted branch is `[ledger] trusted` of the files at HEAD; without one, what is checked out.
// All of it is read through one `git cat-file`, files are parsed when they are first asked for, and
// reading runs nothing. The repository must outlive it; one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/git/repository.hpp"
#include "core/ledger/ledger.hpp"
#include "core/policy/verdict.hpp"
#include "definitions/definition.hpp"
#include "definitions/team.hpp"

namespace davit {

class Registry {
 public:
  // An error when there is no commit yet, no .davit/ in it, or the team's files have mistakes.
  static Result<Registry> open(Repository&);

  Repository& repository() const { return *repository_; }
  // The commit the rules are read from, and what it is called ("main").
  const std::string& commit() const { return commit_; }
  const std::string& trusted() const { return trusted_; }
  const Team& team() const { return team_; }

  // Names of all definitions at the tip, sorted.
  std::vector<std::string> definitions() const;
  bool has(const std::string& definition) const { return blobs_.count(definition) > 0; }

  // Reads the files of all these in one round trip and with all cores, ahead of rules(), which
  // tells what is wrong with one.
  Outcome prefetch(const std::vector<std::string>& names);

  // Today's rules. An error when there is no such definition (with the nearest) or it has mistakes.
  Result<Rules> rules(const std::string& definition);
  // The definition a release was cut from, and its text.
  Result<Definition> pinned(const std::string& name, const DefinitionPin&);
  Result<std::string> pinned_text(const std::string& name, const DefinitionPin&);

  // The present of a ledger with all that the rules need to answer, and these releases.
  Result<State> present(const Rules&, const std::vector<ReleaseNumber>& also = {});

  // Rules and present of one definition, as they are wanted together.
  struct Standing {
    Rules rules;
    State state;
  };
  // Those of many, each with its own error: read in a few round trips, with all cores.
  Result<std::vector<Result<Standing>>> standings(const std::vector<std::string>& definitions);
  Ledger ledger(const std::string& definition) const { return {*repository_, definition}; }

  // The one definition there is, for commands that were given none; an error names them otherwise.
  Result<std::string> only_definition() const;

 private:
  Registry() = default;
  // A definition that will be asked for.
  struct Ahead {
    std::string key, name, text;
    std::optional<Result<Definition>> read = {};
  };
  Result<std::vector<Ahead>> texts_ahead(const std::vector<std::string>& names);
  void understand(std::vector<Ahead>&) const;  // changes nothing else
  void keep(std::vector<Ahead>);
  std::string revision() const { return commit_.substr(0, 7); }
  Outcome read_team();
  Result<Definition> read(const std::string& name, const std::string& blob,
                          const std::string& revision);
  Result<std::string> text_of(const std::string& blob);

  Repository* repository_ = nullptr;
  std::string commit_, trusted_;
  Team team_;
  std::map<std::string, std::string> blobs_;  // definition -> blob id
  std::map<std::string, std::string> texts_;  // blob id -> bytes
  // What it says, or what is wrong with it, by name, blob id and revision.
  std::map<std::string, Result<Definition>> definitions_;
};

// Where definitions stand: ".davit/definitions/NAME.toml".
std::string definition_path(const std::string& name);

// Whether this repository has ledgers or definitions at all, for a first-time message.
inline constexpr const char* kFolder = ".davit";

}  // namespace davit
