// SPDX-License-Identifier: MIT
#include "tests/program/small_disk.hpp"

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>

namespace program {

bool SmallDisk::can_be_made() {
  static const bool apart = ::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0 &&
                            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return apart;
}

SmallDisk::SmallDisk(std::string folder, int kib) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
  const auto size = "size=" + std::to_string(kib) + "k";
  REQUIRE(::mount("tmpfs", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0);
}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::grow(int kib) const {
  const auto size = "size=" + std::to_string(kib) + "k";
  REQUIRE(::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT, size.c_str()) == 0);
}

}  // namespace program
