// SPDX-License-Identifier: MIT
// What davit says to the shell of a target. POSIX sh is all a target needs.
//
// One `sh` is started on each target, with nothing in its command line, and reads these texts from
// its standard input: scripts, values and paths come to it as quoted data, so nothing of them is
// seen by `ps`, on either side. It answers on its standard error, one line an answer:
//
//   TOKEN ready                   the shell is there
//   TOKEN begun TRY               the step runs
//   TOKEN known TRY               it was begun before: nothing was done
//   TOKEN fenced TRY NUMBER       a later deployment has been here: nothing was done
//   TOKEN ended TRY STATUS SIZE [WORDS]
//                                 it ended, after so many bytes of output; it failed, and nothing
//                                 more could be written there
//   TOKEN runs|gone|none TRY      what `probe` found: it lives; nobody can tell; nothing of it ran
//   TOKEN left TRY | killed TRY   what `finish` found of its process group: something, nothing
//   TOKEN file TRY SIZE           so many bytes of standard output are the file
//   TOKEN failed TRY WORDS        it could not be done
//
// Output of steps goes to a file on the target and from there to standard output, as raw bytes that
// are counted and never looked at: whatever a step prints, it imitates nothing.
//
// There, in ~/.local/state/davit (or the target's `state`), mode 0700; relative paths, this one and
// the steps', start in the user's home:
//
//   In a folder for each ledger, since two may have a definition of one name, or one that was begun
//   anew the numbers of the one before:
//
//   runs/KEY/TRY/       script, pid, log, status, output    TRY: "3.1@web1": step, try, target
//   fences/PLACE/N      the highest number that began a step there; lower ones are refused
//   receipts/…          what became of the last deployment (remote_receipt.hpp)
//
// A folder that is somebody else's or behind a symbolic link is refused; one that others may look
// into is closed to them. What can't be written there begins nothing.
//
// A step runs in a session of its own under a supervisor that outlives the connection.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/fleet/host.hpp"
#include "definitions/step.hpp"

namespace davit {

// One word of a shell's text, whatever the bytes.
std::string shell_word(std::string_view);

// Where davit keeps its own files on a target.
struct RemoteFolder {
  std::string state;   // empty: the default
  std::string ledger;  // the id of the ledger that this is for; empty where there is none
};

inline constexpr std::size_t kLedgerDigits = 12;  // of its id: enough to tell a host's few apart

// The first text of a session. `token` is random: no answer of another session is taken for one of
// this. `state`: where davit keeps its files there; empty: the default.
std::string opening(const std::string& token, const RemoteFolder&);

struct RemoteTry {
  std::string key;    // of the deployment: "shop/17/production/1"
  std::string place;  // what the fence guards: "shop/production"
  int fence = 0;
  std::string name;  // of the try: "3.1@web1"
  std::string script;
  Step::Shell shell = Step::Shell::sh;
  std::string directory;                      // empty: the user's home
  std::map<std::string, std::string> values;  // environment
  bool asks = false;                          // a step's condition: how it ends is an answer
};
std::string beginning(const RemoteTry&);

// What became of a try; `ended` comes for one that has.
std::string probe(const std::string& key, const std::string& name);
// Sends the log from a byte on, and more as it grows, until `unfollow`.
std::string follow(const std::string& key, const std::string& name, std::size_t from);
std::string unfollow();
// Sends a file of the try: "output".
std::string send_file(const std::string& key, const std::string& name, const std::string& file);
// A signal (TERM, KILL) to all of the step's processes.
std::string signal_try(const std::string& key, const std::string& name, const char* signal);
// Whether anything is left of them.
std::string finish(const std::string& key, const std::string& name);
// Drops what the try wrote, but for how it ended.
std::string forget(const std::string& key, const std::string& name);
// Drops all of it: it was never begun.
std::string drop(const std::string& key, const std::string& name);

}  // namespace davit
