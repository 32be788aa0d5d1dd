// SPDX-License-Identifier: MIT
// Globs, matched as a set of states that moves over the text: time is the pattern's length times
// the text's, whatever the pattern.
#include <algorithm>

#include "definitions/name.hpp"

namespace davit {

namespace {

// The characters of a text. A byte that is no UTF-8 stands for itself, apart from all characters.
std::u32string codes(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    std::size_t used = 1;
    for (; used < length && i + used < text.size(); ++used) {
      const auto next = static_cast<unsigned char>(text[i + used]);
      if ((next & 0xC0U) != 0x80U) break;
      c = (c << 6U) | (next & 0x3FU);
    }
    const bool whole = used == length && (length > 1 || lead < 0x80);
    out += whole ? c : char32_t{0xDC00U + lead};
    i += whole ? length : 1;
  }
  return out;
}

struct Part {
  enum class Kind { one, any, star, all, folders, in_folder, set };
  Kind kind = Kind::one;
  char32_t one = 0;
  bool negated = false;
  std::vector<std::pair<char32_t, char32_t>> ranges;
};

// "[a-z]" or "[!a-z]" at `at`, which then stands behind it; false where no ] closes it.
bool read_set(const std::u32string& pattern, std::size_t& at, Part& part) {
  std::size_t i = at + 1;
  part.kind = Part::Kind::set;
  part.negated = i < pattern.size() && (pattern[i] == U'!' || pattern[i] == U'^');
  if (part.negated) ++i;
  for (const std::size_t first = i; i < pattern.size(); ++i) {
    if (pattern[i] == U']' && i > first) {
      at = i + 1;
      return true;
    }
    const bool range = i + 2 < pattern.size() && pattern[i + 1] == U'-' && pattern[i + 2] != U']';
    part.ranges.emplace_back(pattern[i], pattern[range ? i + 2 : i]);
    if (range) i += 2;
  }
  return false;
}

// "**/" from the start of a folder's name is any number of folders, also none; any other ** is any
// text.
void read_stars(const std::u32string& pattern, std::size_t& at, std::vector<Part>& parts) {
  const bool starts_name = at == 0 || pattern[at - 1] == U'/';
  const auto end = std::min(pattern.find_first_not_of(U'*', at), pattern.size());
  const bool deep = end - at > 1;
  at = end;
  if (deep && starts_name && end < pattern.size() && pattern[end] == U'/') {
    parts.push_back({.kind = Part::Kind::folders});
    parts.push_back({.kind = Part::Kind::in_folder});
    ++at;
  } else {
    parts.push_back({.kind = deep ? Part::Kind::all : Part::Kind::star});
  }
}

std::vector<Part> parts_of(const std::u32string& pattern) {
  std::vector<Part> parts;
  for (std::size_t at = 0; at < pattern.size();) {
    Part set;
    if (pattern[at] == U'*') {
      read_stars(pattern, at, parts);
    } else if (pattern[at] == U'[' && read_set(pattern, at, set)) {
      parts.push_back(std::move(set));
    } else if (pattern[at] == U'\\' && at + 1 < pattern.size()) {
      parts.push_back({.one = pattern[at + 1]});
      at += 2;
    } else {
      const auto kind = pattern[at] == U'?' ? Part::Kind::any : Part::Kind::one;
      parts.push_back({.kind = kind, .one = pattern[at]});
      ++at;
    }
  }
  return parts;
}

bool in_set(const Part& set, char32_t c) {
  const bool found = std::any_of(set.ranges.begin(), set.ranges.end(), [c](const auto& range) {
    return range.first <= c && c <= range.second;
  });
  return found != set.negated;
}

// Which parts of a pattern the next character may belong to; the last place means: it is over.
class Places {
 public:
  explicit Places(const std::vector<Part>& parts, bool paths)
      : parts_(parts), paths_(paths), now_(parts.size() + 1), next_(parts.size() + 1) {
    now_[0] = true;
  }

  void step(char32_t c) {
    slip();
    std::fill(next_.begin(), next_.end(), false);
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (now_[i]) move(i, c, paths_ && c == U'/');
    now_.swap(next_);
  }

  bool at_end() {
    slip();
    return now_.back();
  }

 private:
  using Kind = Part::Kind;

  // Past everything that may stand for nothing.
  void slip() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (!now_[i]) continue;
      if (parts_[i].kind == Kind::star || parts_[i].kind == Kind::all) now_[i + 1] = true;
      if (parts_[i].kind == Kind::folders) now_[i + 2] = true;
    }
  }

  void move(std::size_t i, char32_t c, bool slash) {
    const Part& part = parts_[i];
    switch (part.kind) {
      case Kind::one:
        next_[i + 1] = next_[i + 1] || c == part.one;
        break;
      case Kind::any:
        next_[i + 1] = next_[i + 1] || !slash;
        break;
      case Kind::set:
        next_[i + 1] = next_[i + 1] || (!slash && in_set(part, c));
        break;
      case Kind::star:
        next_[i] = next_[i] || !slash;
        break;
      case Kind::all:
        next_[i] = true;
        break;
      case Kind::folders:
        next_[slash ? i : i + 1] = true;
        break;
      case Kind::in_folder:
        next_[slash ? i - 1 : i] = true;
        break;
    }
  }

  const std::vector<Part>& parts_;
  bool paths_;
  std::vector<bool> now_, next_;
};

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text, bool paths) {
  auto parts = parts_of(codes(pattern));
  Places places(parts, paths);
  for (const char32_t c : codes(text)) places.step(c);
  return places.at_end();
}

}  // namespace davit
