// SPDX-License-Identifier: MIT
// The lock that git takes on a ref: the file REF.lock, which becomes the ref.
//
// That file outlives whoever is killed holding it. So davit first takes one of the kernel's locks,
// which never does (flock on <common>/davit/locks/REF), and then makes REF.lock as a second name, a
// hard link, of a file that only the holder of the kernel's lock makes (<common>/davit/locks/REF~).
// Whoever holds the kernel's lock and finds the two to be one file knows that they were left by a
// davit that is gone, and takes them away. Any other REF.lock is git's or somebody else's, and is
// left alone.
//
// Where davit may not write to its own folder, or a file can't have two names, REF.lock is made as
// git makes it. Who only reads takes no lock.
#pragma once

#include <memory>
#include <string>

#include "core/git/repository.hpp"
#include "core/process/descriptor.hpp"
#include "definitions/result.hpp"

namespace davit {

class RefLock {
 public:
  // For a move to this commit. `sync`: what the ref will say is on the disk before it says so.
  // Null where somebody else holds the lock.
  static Result<std::unique_ptr<RefLock>> take(const Repository&, const std::string& ref,
                                               const std::string& to, bool sync);
  RefLock(const RefLock&) = delete;
  RefLock& operator=(const RefLock&) = delete;
  ~RefLock();  // not moved: lets go

  // The ref is at that commit, and the lock is let go.
  Outcome move();

 private:
  RefLock(const Repository&, const std::string& ref, bool sync);
  bool take_kernels();
  void clear_away() const;
  Result<bool> make(const std::string& line);
  bool make_ours(const std::string& line) const;

  std::string file_;  // of the ref
  std::string lock_;  // beside it
  std::string ours_;  // the same file as `lock_`, by its other name
  Descriptor kernels_;
  std::string kernels_file_;
  bool sync_;
  bool held_ = false;
};

}  // namespace davit
