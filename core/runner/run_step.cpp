// SPDX-License-Identifier: MIT
#include "core/runner/run_step.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "core/process/descriptor.hpp"
#include "core/runner/ending.hpp"
#include "core/runner/environment.hpp"
#include "core/runner/log_writer.hpp"
#include "core/runner/outputs.hpp"
#include "core/runner/plain_line.hpp"
#include "core/runner/shell.hpp"
#include "core/runner/supervisor.hpp"

namespace davit {

namespace {

constexpr Duration kLook{50};  // at a try that rings no bell for us

struct Files {
  std::string state;  // the try's file
  std::string script;
  std::string output;  // $DAVIT_OUTPUT
};

Files files(const std::string& state, Step::Shell shell) {
  return {state, state + script_suffix(shell), state + ".output"};
}

Files try_files(const Run& run, const Spot& spot, int attempt) {
  return files(Journal::try_path(run.request.folder, spot.planned.index, attempt),
               spot.step().shell);
}

Outcome write_file(const std::string& path, std::string_view text, mode_t mode) {
  ::unlink(path.c_str());
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.open() &&
      ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()))
    return Done{};
  return Error{fmt::format("can't write {}: {}", path, std::strerror(errno)),
               "the step was not started; make room there, then davit resume goes on"};
}

void remove(const Files& files) {
  ::unlink(files.script.c_str());
  ::unlink(files.output.c_str());
}

// Tells what came of this step since the last time, at most a few megabytes of it. Whether there
// may be more.
bool tell(Run& run, const Spot& spot) {
  const auto name = log_name(spot.step().name);
  std::string room;
  constexpr std::size_t kTime = 25;  // "2026-11-22T14:03:07.123Z "
  return run.log.follow([&](std::string_view line) {
    if (line.size() < kTime + name.size() + 3 || line.compare(kTime, name.size(), name) != 0)
      return;
    line.remove_prefix(kTime + name.size());
    if (line.starts_with(" | ") || line.starts_with(" ! "))
      run.teller.line(spot.planned, spot.target, plain_line(line.substr(3), room), line[1] == '!');
  });
}

// Passes on what people ask for while a try runs.
class Ender {
 public:
  Ender(const Halt& halt, int supervisor)
      : halt_(halt), passed_(halt.endings), supervisor_(supervisor) {}
  void look() {
    for (; passed_ < halt_.endings; ++passed_)
      if (supervisor_ > 0) ::kill(supervisor_, SIGTERM);
  }

 private:
  const Halt& halt_;
  int passed_;
  int supervisor_;
};

// Tells all there is, and does not keep signals and leases waiting meanwhile.
void tell_all(Run& run, const Spot& spot, Ender& ender) {
  while (tell(run, spot)) {
    run.loop.breathe();
    ender.look();
  }
}

// Takes the rings that are waiting. Whether the supervisor at the other end is gone.
bool ring_off(int bell) {
  std::array<char, 4096> rings{};
  ssize_t got = 0;
  while ((got = ::read(bell, rings.data(), rings.size())) > 0) {
  }
  return got == 0;
}

void follow(Run& run, const Spot& spot, const Launched& launched) {
  const Descriptor bell(launched.bell);
  Ender ender(run.halt, launched.process);
  for (bool gone = false; !gone;) {
    run.loop.until_readable(bell.number(), [&] {
      ender.look();
      return false;
    });
    gone = ring_off(bell.number());
    tell_all(run, spot, ender);
  }
  while (::waitpid(launched.process, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string directory_of(const Run& run, const Step& step) {
  return step.directory.empty() ? run.request.checkout : placed(run, step.directory);
}

Outcome supervise(Run& run, const Spot& spot, const Files& files, const StepEnvironment& values,
                  Step::Shell shell) {
  DAVIT_TRY(const int file, make_try_file(files.state));
  const Descriptor try_file(file);
  const auto& step = spot.step();
  const Launch wanted{shell_command(shell, files.script),
                      lines(values),
                      directory_of(run, step),
                      step.name,
                      run.log.file(),
                      try_file.number(),
                      run.mask,
                      run.clock,
                      step.timeout};
  DAVIT_TRY(const auto launched, launch(wanted));
  follow(run, spot, launched);
  return Done{};
}

// The system's words for it don't say what was not found.
std::string likely_reason(const Run& run, const Step& step) {
  const auto directory = directory_of(run, step);
  if (::access(directory.c_str(), X_OK) != 0) return "; its directory is " + directory;
  return fmt::format("; is {} installed?", text(step.shell));
}

// What the try's file says now that it is over.
Tried conclude(Run& run, const Spot& spot, const Files& files, bool outputs) {
  const auto state = read_try_file(files.state);
  if (!state.end)
    return {StepRecord::Status::uncertain,
            state.start ? "its supervisor is gone, and nobody can tell how it ended"
                        : "its supervisor could not start it",
            {}};
  auto end = ending(*state.end);
  if (end.log_lost) run.teller.note("the log is not whole: its disk is full");
  Tried tried{end.record.status, end.record.message, {}};
  if (state.end->why == TryEnd::Why::unstarted) tried.message += likely_reason(run, spot.step());
  if (tried.status == StepRecord::Status::succeeded && outputs) {
    auto read = read_outputs(files.output, spot.step().outputs, run.mask);
    if (read) {
      tried.outputs = *std::move(read);
    } else {
      tried.status = StepRecord::Status::failed;
      tried.message = read.error().message;
    }
  }
  remove(files);
  return tried;
}

}  // namespace

Result<Tried> run_script(Run& run, const Spot& spot, const StepEnvironment& values, int attempt) {
  const auto& action = std::get<RunAction>(spot.step().action);
  const auto paths = try_files(run, spot, attempt);
  DAVIT_CHECK(write_file(paths.script, action.script, 0700));
  DAVIT_CHECK(write_file(paths.output, "", 0600));
  auto all = values;
  all["DAVIT_OUTPUT"] = paths.output;
  all["DAVIT_TRY"] = std::to_string(attempt);
  DAVIT_CHECK(supervise(run, spot, paths, all, spot.step().shell));
  return conclude(run, spot, paths, true);
}

Tried attach_script(Run& run, const Spot& spot, int attempt) {
  const auto paths = try_files(run, spot, attempt);
  const auto begun = read_try_file(paths.state);
  Ender ender(run.halt, begun.start ? begun.start->supervisor : 0);
  while (read_try_file(paths.state).locked) {
    run.loop.until(
        [&] {
          ender.look();
          return false;
        },
        kLook);
    tell_all(run, spot, ender);
  }
  tell_all(run, spot, ender);
  return conclude(run, spot, paths, true);
}

Tried ended_script(Run& run, const Spot& spot, int attempt) {
  return conclude(run, spot, try_files(run, spot, attempt), true);
}

Result<Condition> check_condition(Run& run, const Spot& spot, const StepEnvironment& values) {
  const auto paths =
      files(fmt::format("{}/steps/{}.if", run.request.folder, spot.planned.index), Step::Shell::sh);
  DAVIT_CHECK(write_file(paths.script, spot.step().condition, 0700));
  DAVIT_CHECK(supervise(run, spot, paths, values, Step::Shell::sh));
  const auto tried = conclude(run, spot, paths, false);
  const auto end = read_try_file(paths.state).end;
  if (!end || end->why != TryEnd::Why::itself || end->status >= 126)
    return Error{fmt::format("its condition `{}`: {}", spot.step().condition, tried.message)};
  return Condition{end->status == 0, end->status};
}

}  // namespace davit
