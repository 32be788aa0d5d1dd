// SPDX-License-Identifier: MIT
#include "definitions/artifact.hpp"

namespace davit {

const char* text(Artifact::Kind kind) {
  switch (kind) {
    case Artifact::Kind::git:
      return "git";
    case Artifact::Kind::file:
      return "file";
    case Artifact::Kind::url:
      return "url";
    case Artifact::Kind::command:
      return "command";
    case Artifact::Kind::release:
      return "release";
    case Artifact::Kind::github:
      return "github";
    case Artifact::Kind::gitlab:
      return "gitlab";
    case Artifact::Kind::jenkins:
      return "jenkins";
    case Artifact::Kind::azure:
      return "azure";
    case Artifact::Kind::oci:
      break;
  }
  return "oci";
}

}  // namespace davit
