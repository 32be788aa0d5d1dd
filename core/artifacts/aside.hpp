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
  // Empty. `folder` must exist. A file is for its maker alone (0600) until it is put in place; a
  // directory is as new ones are, and lies in one for its maker alone meanwhile.
  static Result<Aside> file(const std::string& folder);
  static Result<Aside> directory(const std::string& folder);
  // A file with the mode that new ones get (umask), from the beginning.
  static Result<Aside> file_for_all(const std::string& folder);
  // A file that is called as git calls its own that are not whole yet, with the mode of an object.
  static Result<Aside> git_object(const std::string& folder);
  Aside(Aside&& other) noexcept
      : held_(std::move(other.held_)),
        made_(std::move(other.made_)),
        path_(std::exchange(other.path_, {})) {}
  Aside& operator=(Aside&&) = delete;
  ~Aside();

  // Open for reading and writing; a directory, for opening what is in it.
  int number() const { return made_.open() ? made_.number() : held_.number(); }

  // Writes at the end; an error names `for_whom`, the path that people know.
  Outcome append(std::string_view bytes, const std::string& for_whom);

  // Takes over the content of a file by sharing its blocks (btrfs, xfs); false where that can't be.
  bool clone(int from) const;

  // The file is on the disk; an error names `for_whom`.
  Outcome sync(const std::string& for_whom) const;
  // Syncs the file to the disk, unless told not to, and puts it at `to`, in place of what stood
  // there.
  enum class Sync { yes, no };
  Outcome put_file(const std::string& to, Sync = Sync::yes);
  // The same for the directory with all that is in it; a directory that stood there is removed, in
  // one exchange, which a few file systems (NFS) refuse.
  Outcome put_directory(const std::string& to);

 private:
  struct Made {
    const char* prefix;
    unsigned mode;
    bool directory;
  };
  static Result<Aside> make(const std::string& folder, const Made&);
  Aside() = default;
  Outcome make_inner();

  Descriptor held_;   // locked: the file, or the folder around the directory
  Descriptor made_;   // the directory
  std::string path_;  // of what is held; empty once nothing is left to remove
};

// Removes from a folder what makers that are gone left aside. What can't be removed stays.
void sweep(const std::string& folder);

// Makes a folder and those above it, as far as they are missing; each is on the disk.
Outcome make_folders(const std::string& path);

}  // namespace davit
