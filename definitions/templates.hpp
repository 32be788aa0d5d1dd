// SPDX-License-Identifier: MIT
// What `davit init` and `davit new` write for a start. It passes `davit check`, and deploys on the
// machine at hand without further rights: everything stands below the repository's own folder.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "definitions/result.hpp"
#include "definitions/team.hpp"

namespace davit {

struct Template {
  const char* name;   // as in `davit new NAME --template service`
  const char* about;  // one line, for people
  const char* text;   // TOML with blanks; fill() makes a definition of it
};

// The first is what `davit new` takes when none is named.
std::span<const Template> templates();

// The definition `name` by the template `called`. Approvals are asked of `approvers`: "group:NAME"
// or an e-mail address. Misused where a name is none, or no template is called so.
Result<std::string> fill(std::string_view called, const std::string& name,
                         const std::string& approvers);

// Whom to ask for approvals where nothing is known yet: the group release-managers where the team
// has one, otherwise the person.
std::string usual_approvers(const Team&, const std::string& person);

// .davit/team.toml for a team of this person; for nobody in particular where it is no address.
std::string starter_team(const std::string& person);

}  // namespace davit
