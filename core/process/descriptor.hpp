// SPDX-License-Identifier: MIT
// A file descriptor that closes itself, pipes made of two of them, and reading and writing as much
// as goes without waiting.
//
// Every descriptor made here is closed on exec and above 2, so that none of ours leaks into a child
// or is taken for a standard stream.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "definitions/result.hpp"

namespace davit {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  void close();
  // Gives it to whoever closes it from now on.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> make_pipe();

// Makes reads and writes on our end return at once; the other end is not touched.
void never_wait(const Descriptor&);

enum class Flow {
  going,  // some went
  later,  // nothing now
  ended,  // end of file, or nobody reads any more
};

// Appends what can be read to `into`.
Flow read_some(const Descriptor&, std::string& into);
// Writes from the front of `from` and takes off what went.
Flow write_some(const Descriptor&, std::string_view& from);

// While this lives, writing to a pipe that nobody reads is an error of the write and no signal. For
// the calling thread alone: the process' disposition stays as it is.
class BrokenPipesAreErrors {
 public:
  BrokenPipesAreErrors();
  ~BrokenPipesAreErrors();
  BrokenPipesAreErrors(const BrokenPipesAreErrors&) = delete;
  BrokenPipesAreErrors& operator=(const BrokenPipesAreErrors&) = delete;

 private:
  bool was_pending_ = false;
  bool was_blocked_ = false;
};

}  // namespace davit
