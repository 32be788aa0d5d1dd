// SPDX-License-Identifier: MIT
// An artifact as declared: what a release carries, and where its versions come from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "definitions/place.hpp"

namespace davit {

struct Artifact {
  enum class Kind { git, file, url, command, release, github, gitlab, jenkins, azure, oci };

  std::string name;  // as names of definitions: [a-z0-9][a-z0-9._-]{0,62}
  Kind kind = Kind::file;
  // git: a path of the repository; file: a glob; url: an address; command: a shell command that
  // prints the path of a file; release: the other definition; otherwise what that source calls it.
  std::string source;
  std::optional<std::string> sha256;       // url: what the file must be, in lower-case hex
  std::optional<std::string> deployed_to;  // release: the environment it must have been good in
  std::optional<std::string> repository;   // release: another repository
  std::vector<std::pair<std::string, std::string>> options;  // of sources davit can't read yet
  Place place;

  bool operator==(const Artifact&) const = default;
};

// "git", "file", …, as the key is written.
const char* text(Artifact::Kind);

}  // namespace davit
