// SPDX-License-Identifier: MIT
#include "tests/program/small_disk.hpp"

#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace program {

namespace {

bool write_line(const char* file, const std::string& line) {
  std::ofstream out(file);
  out << line << std::flush;
  return out.good();
}

// Whoever is not root may mount in a user namespace. We stay who we are in it: programs that we
// start have no more rights than before, so that sshd does not take itself for root's.
bool become_mounter() {
  const auto user = std::to_string(::geteuid()), group = std::to_string(::getegid());
  return ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
         write_line("/proc/self/setgroups", "deny") &&
         write_line("/proc/self/gid_map", group + " " + group + " 1") &&
         write_line("/proc/self/uid_map", user + " " + user + " 1");
}

// Why no file system can be mounted for us alone; empty where one can.
std::string make_own_view() {
  const bool apart = ::geteuid() == 0 ? ::unshare(CLONE_NEWNS) == 0 : become_mounter();
  if (!apart || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return std::strerror(errno);
  return "";
}

}  // namespace

bool SmallDisk::can_be_made() {
  static const std::string trouble = make_own_view();
  if (!trouble.empty())
    MESSAGE("NOT TESTED: needs root, or user namespaces for everybody: " << trouble);
  return trouble.empty();
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
