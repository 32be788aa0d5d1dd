// SPDX-License-Identifier: MIT
// What is said to a target's shell to switch a symlink there, and to clear away old releases. As
// remote_text.hpp says; its answers:
//
//   TOKEN absent TRY              there is nothing to lead to: nothing was done
//   TOKEN solid TRY               what stands there is no symlink: nothing was done
//   TOKEN switched TRY SIZE       so many bytes of standard output are what was found: fields that
//                                 end with a NUL: the user's home; what the link led to; what it
//                                 led to before it led to `to`; then, where they were asked for,
//                                 the names of the directories beside `to`; last, a line for each
//                                 of them: when it was made and changed, in seconds, or nothing
//   TOKEN cleared TRY             they are gone
//   TOKEN stayed TRY WORDS        one of them is not
//
// Paths that don't begin with a slash start at the user's home.
//
// In davit's folder there:
//
//   links/PLACE/ID/before   what the link led to before
//   links/PLACE/ID/used     the number of the last deployment that came here
#pragma once

#include <string>
#include <vector>

namespace davit {

struct RemoteSwitch {
  std::string name;  // of the try
  std::string place;
  int fence = 0;
  std::string id;  // of the link: a file's name
  std::string link, to;
  bool siblings = false;  // are to be listed
};
std::string switching(const RemoteSwitch&);

// Removes directories beside `to`.
std::string clearing(const std::string& name, const std::string& to,
                     const std::vector<std::string>& siblings);

// A path as a word of the shell's text.
std::string path_word(const std::string& path);

}  // namespace davit
