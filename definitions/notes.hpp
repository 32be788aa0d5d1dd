// SPDX-License-Identifier: MIT
// What a reader keeps while it reads one file: the file's name, and the mistakes found so far.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definitions/mistake.hpp"
#include "definitions/place.hpp"

namespace davit {

// Part of one line of a file: line and column from 1, in characters, not bytes.
struct Span {
  int line = 0;
  int column = 0;
  int length = 1;
  bool operator==(const Span&) const = default;
};

// How many characters a text has, as columns count them.
int characters(std::string_view text);

class Notes {
 public:
  explicit Notes(std::string file, std::string revision = "")
      : file_(std::move(file)), revision_(std::move(revision)) {}

  Place place(Span) const;
  void add(Span, std::string message, std::string hint = "");

  // Whether hints are still worth looking for. After the first hundred mistakes of a file they are
  // not, so that a file of nonsense is answered as fast as any other.
  bool hints() const;
  // The known word that is probably meant; empty when none is near.
  std::string meant(std::string_view word, const std::vector<std::string>& known) const;
  // The same as "did you mean 'needs'?"
  std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) const;

  bool empty() const { return mistakes_.empty(); }
  // All of them, in the order of the file.
  std::vector<Mistake> take();

 private:
  std::string file_, revision_;
  std::vector<Mistake> mistakes_;
};

}  // namespace davit
