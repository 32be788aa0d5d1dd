// SPDX-License-Identifier: MIT
// What checking a project collects: the mistakes so far, and the names that there are.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "definitions/mistake.hpp"

namespace davit {

class Findings {
 public:
  // Those of reading come first.
  explicit Findings(std::vector<Mistake> so_far);

  // `meant` is what stands at the place: it is as long as what an editor underlines.
  void add(const Place&, std::string_view meant, std::string message, std::string hint);
  // As add, where it would not be a mistake if something else in the same file were right.
  void add_consequence(const Place&, std::string_view meant, std::string message, std::string hint);
  // Whether something in this file could not be read.
  bool flawed(const std::string& file) const { return flawed_.contains(file); }
  // By file, line and column; of equal places the first found first.
  std::vector<Mistake> take();

 private:
  std::vector<Mistake> mistakes_;
  std::unordered_set<std::string> flawed_;
};

// The names of one kind of thing. Refers to the strings it was given; they must outlive it.
class Names {
 public:
  // "group", and what to do where there is none: "write [groups] in .davit/team.toml".
  Names(std::string kind, std::string otherwise)
      : kind_(std::move(kind)), otherwise_(std::move(otherwise)) {}

  void add(const std::string& name, const Place&);
  bool has(std::string_view name) const { return places_.contains(name); }
  // The file that says them could not be read right: when it says none at all, nothing is missed.
  void may_be_incomplete() { incomplete_ = true; }

  // Adds "group 'admin' is not defined" where it is not, with what there is instead. `prefix` is
  // what stands before the name: "group:".
  void require(const std::string& name, const Place&, Findings&, const char* prefix = "") const;

 private:
  std::string hint(const std::string& name, const Place&) const;

  std::string kind_, otherwise_;
  bool incomplete_ = false;
  std::vector<const std::string*> order_;
  std::unordered_map<std::string_view, Place> places_;
};

}  // namespace davit
