// SPDX-License-Identifier: MIT
// What is known of one try of a step, in a file that outlives davit: steps/INDEX.TRY.
//
// The file is locked (flock) from before the step's supervisor is made until that one is gone, and
// the kernel lets go however it goes. So, with no guess and no process id that could be another's:
//
//   locked                      it runs, or is about to
//   free, ended                 it ended, and how
//   free, started, not ended    nobody can tell (the machine went down, or the supervisor was
//   killed) free, not started           nothing of it ever ran
//
// This holds as long as the machine is up: only an end is synced to the disk, so after a reboot a
// try without one is uncertain (the journal knows of which boot a try is).
//
// Two records of 64 bytes at fixed places, each written at once; the room is taken beforehand, so
// that an end can be told on a full disk.
#pragma once

#include <optional>
#include <string>

#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct TryStart {
  int supervisor = 0;  // process id
  int process = 0;     // of the step, and of its process group
  Instant at{};
  bool operator==(const TryStart&) const = default;
};

struct TryEnd {
  // itself: the step ended. timeout, asked: it was ended, for taking too long or on request.
  // unstarted: it could not be started; `status` is the errno.
  enum class Why { itself, timeout, asked, unstarted };
  Why why = Why::itself;
  int status = 0;  // exit status; 128 + n when signal n ended it
  Duration took{};
  bool gone = true;       // nothing of its process group is left after it was ended
  bool log_whole = true;  // no output was lost for want of room
  bool signals = true;    // there are such where it ran
  bool operator==(const TryEnd&) const = default;
};

struct TryState {
  bool locked = false;
  std::optional<TryStart> start;
  std::optional<TryEnd> end;
};

// Makes the file anew and locks it; the descriptor is the caller's to close, and is not inherited
// by other programs.
Result<int> make_try_file(const std::string& path);

// Each is one write. Fails only when the disk does.
bool write_start(int file, const TryStart&);
bool write_end(int file, const TryEnd&);

// A missing file is a try that nothing is known of.
TryState read_try_file(const std::string& path);

}  // namespace davit
