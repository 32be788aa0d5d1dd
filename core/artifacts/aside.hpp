// SPDX-License-Identifier: MIT
// A file or folder that is made aside, in the folder where it will stand, and then put in its place
// by one rename: whole or not at all.
//
// Aside it is called .davit-new-<random>, and its maker holds it locked (flock) as long as it
// lives; the kernel lets go however the maker ends. sweep() removes what nobody holds. One that is
// not put in place is removed with its object.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/process/descriptor.hpp"
#include "definitions/result.hpp"

namespace davit {

class Aside {
 public:
  // Empty, for its maker alone (0600, 0700). `folder` must exist.
  static Result<Aside> file(const std::string& folder);
  static Result<Aside> directory(const std::string& folder);
  Aside(Aside&& other) noexcept
      : made_(std::move(other.made_)), path_(std::exchange(other.path_, {})) {}

  Aside& operator=(Aside&&) = delete;
  ~Aside();

  int number() const { return made_.number(); }
  const std::string& path() const { return path_; }

  // Writes at the end; an error names `for_whom`, the path that people know.
  Outcome append(std::string_view bytes, const std::string& for_whom);

  // Syncs the file to the disk and puts it at `to`, in place of what stood there.
  Outcome put_file(const std::string& to);
  // The same for the directory with all that is in it; a directory that stood there is removed, in
  // one exchange, which a few file systems (NFS) refuse.
  Outcome put_directory(const std::string& to);

 private:
  static Result<Aside> make(const std::string& folder, bool directory);
  Aside() = default;
  Descriptor made_;
  std::string path_;  // empty once it is in place
};

// Removes from a folder what makers that are gone left aside. What can't be removed stays.
void sweep(const std::string& folder);

// Makes a folder and those above it, as far as they are missing; each is on the disk.
Outcome make_folders(const std::string& path);

}  // namespace davit
