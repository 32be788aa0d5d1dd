// SPDX-License-Identifier: MIT
// A disk of a few KiB, really there: a file system of its own on a folder. The tests get their own
// view of what is mounted, so that it goes with them; whoever is not root gets it where the system
// lets everybody have user namespaces. Where neither can be had the test says that it did not run.
//
//   if (!SmallDisk::can_be_made()) return;  // before anything starts that is to see it
//   SmallDisk disk(site.fleet.home(1) + "/bin", 256);
#pragma once

#include <string>

namespace program {

class SmallDisk {
 public:
  static bool can_be_made();
  // Makes the folder, too.
  SmallDisk(std::string folder, int kib);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  void grow(int kib) const;

 private:
  std::string folder_;
};

}  // namespace program
