// SPDX-License-Identifier: MIT
// Starting a program with pipes on its three standard streams, and learning how it ended.
//
// Nothing of ours but these three leaks into it: no signal mask, no SIGPIPE that we ignore. Who
// spawns a child calls wait() once, or drops it: a dropped child is killed and waited for.
#pragma once

#include <sys/types.h>

#include <optional>

#include "core/process/descriptor.hpp"
#include "core/process/process.hpp"

namespace davit {

class Child {
 public:
  Child(pid_t process, bool leads_group, Descriptor input, Descriptor output, Descriptor errors);
  Child(Child&&) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  // Our ends of its streams; none of them ever waits.
  Descriptor input, output, errors;
  // Readable once the child has ended; not open where the system can't say.
  Descriptor ended;

  // Whether it has ended; it still wants to be waited for.
  bool has_ended() const;
  // A signal to the child, and to all it started when it leads a group.
  void signal(int number) const;
  // Waits for its end. Exit status; 128 + n when signal n ended it; nothing when it can't be told.
  std::optional<int> wait();

 private:
  pid_t process_ = -1;
  bool leads_group_ = false;
};

// Takes arguments, directory and environment from the command. Apart or with a timeout the child
// leads a process group of its own, so that the timeout ends whatever it started, too.
Result<Child> spawn(const Invocation&);

}  // namespace davit
