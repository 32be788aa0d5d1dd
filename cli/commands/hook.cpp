// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/commands.hpp"
#include "cli/json_record.hpp"
#include "cli/office.hpp"
#include "cli/overview.hpp"
#include "cli/words.hpp"
#include "core/artifacts/aside.hpp"
#include "core/files/files.hpp"

namespace davit {

namespace {

struct HookOptions {
  std::string what;
};

void declare(Options& o, HookOptions& into) {
  o.positional("WHAT", into.what, "install, or pre-push (what the installed hook calls)")
      .choices = {"install", "pre-push"};
}

struct HookFile {
  const char* name;
  const char* call;
};

constexpr HookFile kHooks[] = {{"pre-commit", "davit check --staged || exit $?"},
                               {"pre-push", "davit hook pre-push || true"}};

constexpr const char* kMark = "# davit:";

// The hook's text with our lines in it: what was there stays, and runs first.
std::string with_ours(const std::string& before, const HookFile& hook) {
  std::string text = before.empty() ? "#!/bin/sh\n" : before;
  if (!text.ends_with('\n')) text += '\n';
  return text +
         fmt::format("{} {} (davit hook install)\nif command -v davit >/dev/null; then {}; fi\n",
                     kMark, hook.name, hook.call);
}

Result<std::string> install_one(const std::string& folder, const HookFile& hook) {
  const auto path = folder + "/" + hook.name;
  struct stat about {};
  std::string before;
  if (::stat(path.c_str(), &about) == 0) {
    DAVIT_TRY(before, read_file(path));
  }
  if (before.find(kMark) != std::string::npos) return fmt::format("{} calls davit already", path);
  if (!before.empty() && before.rfind("#!/bin/sh", 0) != 0 && before.rfind("#!/bin/bash", 0) != 0 &&
      before.rfind("#!/usr/bin/env bash", 0) != 0 && before.rfind("#!/usr/bin/env sh", 0) != 0)
    return Error{fmt::format("{} is no shell script, so nothing was added to it", path),
                 fmt::format("call this from it: {}", hook.call),
                 {},
                 Failure::refused};
  DAVIT_CHECK(write_file(path, with_ours(before, hook), 0755));
  return fmt::format("{} {}", path, before.empty() ? "written" : "kept, with davit's line behind");
}

Result<ExitStatus> install(Desk& desk) {
  DAVIT_TRY(auto repository, Repository::open(desk.directory()));
  DAVIT_TRY(auto folder,
            repository.git({"rev-parse", "--path-format=absolute", "--git-path", "hooks"}));
  while (folder.ends_with('\n')) folder.pop_back();
  DAVIT_CHECK(make_folders(folder));
  for (const auto& hook : kHooks) {
    DAVIT_TRY(const auto said, install_one(folder, hook));
    desk.say("{}", said);
  }
  if (desk.settings.json) print(desk, record("hook").set("folder", folder));
  return ExitStatus::done;
}

// What the next `davit run` would do after this push, and what would wait.
Result<ExitStatus> preview(Desk& desk) {
  DAVIT_TRY(const auto office, open_office(desk));
  DAVIT_TRY(const auto overview,
            look_over(*office, office->registry().definitions(), desk.clock.now()));
  for (const auto& definition : overview.definitions)
    for (const auto& place : definition.places)
      for (const auto& waiting : place.waiting) {
        const Telling telling{.release = {definition.name, waiting.release}, .now = overview.now};
        desk.say("davit: {}/{} → {}  {}", definition.name, waiting.release.value, place.environment,
                 waiting.obstacles.empty() ? "goes with the next davit run"
                                           : brief(waiting.obstacles, telling));
      }
  return ExitStatus::done;
}

Result<ExitStatus> hook(const HookOptions& options, Desk& desk) {
  return options.what == "install" ? install(desk) : preview(desk);
}

}  // namespace

Command hook_command() {
  return {.name = "hook",
          .group = CommandGroup::around,
          .summary = "git hooks: check before a commit, preview before a push",
          .about = "Hooks that are there are kept and run first; the push is never stopped.",
          .examples = {{"davit hook install", "pre-commit and pre-push of this clone"}},
          .declare = from(declare, hook)};
}

}  // namespace davit
