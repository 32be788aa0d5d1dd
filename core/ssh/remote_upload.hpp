// SPDX-License-Identifier: MIT
// What is said to a target's shell to put an artifact there. As remote_text.hpp says; its answers:
//
//   TOKEN pour TRY SIZE [KIND]    so many raw bytes are awaited, and nothing else may be said
//                                 before the next answer: of a file the last SIZE bytes; of a tree
//                                 all of its tar (KIND is none), or its list
//   TOKEN looked TRY SIZE         so many bytes of standard output tell of each file of the tree,
//                                 in the order of the list, whether one like it is there: 1 or 0;
//                                 with newlines between
//   TOKEN kept TRY                it is there already: nothing was done
//   TOKEN placed TRY              it is in its place
//   TOKEN taken TRY KIND          a "symlink", "folder" or "file" is in the way: nothing was done
//   TOKEN differs TRY             what came is not what was to come
//   TOKEN broken TRY WORDS        it could not be taken in, for want of room say
//
// It is made beside its place, in .davit-new-ID-CONTENT, and put there by one rename. What a dead
// upload left is gone on with where ID and CONTENT are the same; with another CONTENT it is
// removed.
//
// In davit's folder there:
//
//   uploads/PLACE/ID/last         where this artifact was put last: what has not changed is copied
//   uploads/PLACE/ID/receiver     the session that takes raw bytes in
//   uploads/PLACE/ID/used         the number of the last deployment that came here
#pragma once

#include <cstdint>
#include <string>

#include "core/artifacts/parcel.hpp"

namespace davit {

struct RemoteUpload {
  std::string name;  // of the try
  std::string place;
  int fence = 0;
  std::string id;       // of what is uploaded: the same for every release of it
  std::string content;  // of the artifact
  std::string to;
};

// As part of a file's name: ID and CONTENT.
std::string upload_id(const std::string&);

// Takes in a file of this size, the part that is missing.
std::string receiving_file(const RemoteUpload&, std::int64_t size, const Digest&);
// Takes in a tree: so many bytes of the tar are all of it, or its list alone.
std::string receiving_tree(const RemoteUpload&, std::int64_t all, std::int64_t list);
// Goes on after `looked`: takes in so many bytes of a tar of what was not as it should be.
std::string receiving_rest(std::int64_t size);
// Drops what came so far.
std::string dropping_upload();

}  // namespace davit
