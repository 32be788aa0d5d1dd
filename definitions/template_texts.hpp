// SPDX-License-Identifier: MIT
// The texts of the starter templates. Blanks: {NAME}, {APPROVERS}, {PERSON}; all other {fields} are
// the definition's own.
#pragma once

namespace davit {

inline constexpr const char* kScriptText =
    R"toml(# How releases of {NAME} reach their environments, by a script of your own.
#   davit check                 is this file right?
#   davit create {NAME}         cuts a release of the commit you are on
#   davit run                   does everything that may happen now
description = "{NAME}"

# Environment variables of every step, beside davit's own: DAVIT_ENVIRONMENT, DAVIT_RELEASE …
[variables]
GREETING = "hello"

# dev takes every release at once.
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  name = "Deploy"
  # Runs in the release's commit, checked out: a script of the repository is ./script.sh here.
  run  = 'echo "$GREETING from $DAVIT_RELEASE in $DAVIT_ENVIRONMENT"'

# production takes what was good in dev, when somebody says so: davit promote {NAME} production
[environments.production]
needs     = ["dev"]
deploy_on = "manual"
  [[environments.production.steps]]
  name = "Deploy"
  run  = 'echo "$GREETING from $DAVIT_RELEASE in $DAVIT_ENVIRONMENT"'
)toml";

inline constexpr const char* kStaticSiteText =
    R"toml(# How the pages of {NAME} reach their web servers.
description  = "{NAME}"
release_name = "{date:%Y.%m.%d}-{rev}"

# What a release carries: the folder `site` of this repository, as it is at the release's commit.
[artifacts.site]
git = "site"

# Paths are relative to the top of the repository. deploy/ is made by davit: put it into .gitignore.
# On a real server it is a path such as /srv/www/{NAME}/{environment}/releases/{release}, and the
# web server's root is the link `current`.

# preview takes every release at once.
[environments.preview]
deploy_on = "release"
  [[environments.preview.steps]]
  name   = "Unpack"
  upload = "site"
  to     = "deploy/{NAME}/{environment}/releases/{release}"
  unpack = true
  [[environments.preview.steps]]
  name = "Switch"                               # at once: nobody sees half a site
  link = "deploy/{NAME}/{environment}/current"
  to   = "deploy/{NAME}/{environment}/releases/{release}"
  keep = 5                                      # of the releases beside it
  [[environments.preview.steps]]
  name      = "Look"
  directory = "deploy/{NAME}/{environment}/current"
  run       = "test -s index.html"

# live takes what was good in preview, when somebody says so: davit promote {NAME} live
[environments.live]
needs      = ["preview"]
deploy_on  = "manual"
on_failure = "rollback"
  [[environments.live.steps]]
  name   = "Unpack"
  upload = "site"
  to     = "deploy/{NAME}/{environment}/releases/{release}"
  unpack = true
  [[environments.live.steps]]
  name = "Switch"
  link = "deploy/{NAME}/{environment}/current"
  to   = "deploy/{NAME}/{environment}/releases/{release}"
  keep = 5
  [[environments.live.steps]]
  name      = "Look"
  directory = "deploy/{NAME}/{environment}/current"
  run       = "test -s index.html"
)toml";

inline constexpr const char* kServiceText =
    R"toml(# How the service {NAME} gets from its build to production, and back when it does not answer.
description  = "{NAME}"
release_name = "{date:%Y.%m.%d}-{rev}"

# What a release carries: the one file your build left, pinned by its SHA-256. The archive holds the
# service and a script `restart` that stops the old process and starts the new one on $PORT: by
# `systemctl --user restart`, say, or with setsid, so that it outlives the deployment.
[artifacts.app]
file = "dist/{NAME}-*.tar.gz"

# Paths are relative to the top of the repository. deploy/ is made by davit: put it into .gitignore.

# dev takes every release at once.
[environments.dev]
deploy_on = "release"
variables = { PORT = 8080 }
  [[environments.dev.steps]]
  name   = "Unpack"
  upload = "app"
  to     = "deploy/{NAME}/{environment}/releases/{release}"
  unpack = true
  [[environments.dev.steps]]
  name = "Switch"
  link = "deploy/{NAME}/{environment}/current"
  to   = "deploy/{NAME}/{environment}/releases/{release}"
  keep = 5
  [[environments.dev.steps]]
  name      = "Restart"
  directory = "deploy/{NAME}/{environment}/current"
  run       = "./restart"
  timeout   = "1m"
  [[environments.dev.steps]]
  name    = "Smoke test"
  http    = "http://127.0.0.1:8080/"
  expect  = { status = 200 }                    # and json = { "/status" = "up" }, for example
  retries = 20
  every   = "500ms"

# production takes what was good in dev, when somebody says so: davit promote {NAME} production
# A step that fails brings the last good release back, by the same steps.
[environments.production]
needs      = ["dev"]
deploy_on  = "manual"
on_failure = "rollback"
variables  = { PORT = 8081 }
  [[environments.production.steps]]
  name   = "Unpack"
  upload = "app"
  to     = "deploy/{NAME}/{environment}/releases/{release}"
  unpack = true
  [[environments.production.steps]]
  name = "Switch"
  link = "deploy/{NAME}/{environment}/current"
  to   = "deploy/{NAME}/{environment}/releases/{release}"
  keep = 5
  [[environments.production.steps]]
  name      = "Restart"
  directory = "deploy/{NAME}/{environment}/current"
  run       = "./restart"
  timeout   = "1m"
  [[environments.production.steps]]
  name    = "Smoke test"
  http    = "http://127.0.0.1:8081/"
  expect  = { status = 200 }
  retries = 20
  every   = "500ms"
)toml";

inline constexpr const char* kThreeEnvironmentsText =
    R"toml(# How releases of {NAME} go through dev and staging to production, with a yes before the last.
#   davit why {NAME}/1 production       what is missing?
#   davit approve {NAME}/1 production   shows what would change, then asks
description  = "{NAME}"
release_name = "{date:%Y.%m.%d}-{rev}"

[variables]
# May be set when a release is cut: davit create {NAME} --set LOG_LEVEL=debug
LOG_LEVEL = { value = "info", choices = ["debug", "info", "warn"], ask = true }

# dev takes every release at once.
[environments.dev]
deploy_on = "release"
  [[environments.dev.steps]]
  name = "Deploy"
  run  = 'echo "$DAVIT_RELEASE in $DAVIT_ENVIRONMENT, logging $LOG_LEVEL"'

# staging follows as soon as dev was good.
[environments.staging]
needs = ["dev"]
  [[environments.staging.steps]]
  name = "Deploy"
  run  = 'echo "$DAVIT_RELEASE in $DAVIT_ENVIRONMENT, logging $LOG_LEVEL"'
  [[environments.staging.steps]]
  name    = "Test"
  run     = "true"                              # your own tests: exit 0 is good
  timeout = "10m"

# production follows staging once it is approved, and goes back by itself when a step fails.
[environments.production]
needs      = ["staging"]
on_failure = "rollback"
variables  = { LOG_LEVEL = "warn" }
  [[environments.production.before]]
  # With requester = false neither who cut the release nor who asked for the deployment counts.
  approval = { from = ["{APPROVERS}"], count = 1, timeout = "7d" }
  [[environments.production.steps]]
  name = "Deploy"
  run  = 'echo "$DAVIT_RELEASE in $DAVIT_ENVIRONMENT, logging $LOG_LEVEL"'
)toml";

inline constexpr const char* kTeamText =
    R"toml(# The team's own rules. Every .davit/*.toml is part of them; split them up as you like.
# What is released, and how, is in .davit/definitions/: davit new NAME writes the first.

# Who is who. A person is the e-mail address that git knows (git config user.email); a star stands
# for any text: "*@example.com". Definitions name a group as "group:release-managers".
[groups]
developers       = ["{PERSON}"]
release-managers = ["{PERSON}"]
)toml";

}  // namespace davit
