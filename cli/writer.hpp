// SPDX-License-Identifier: MIT
// A stream that davit writes to: buffered, with what is known of whoever reads it.
//
// A terminal gets every write at once, anything else gets blocks. When the reader goes away
// (`davit log | head -1`) the rest is dropped quietly and `closed()` says so; every other trouble
// (a full disk) is kept in `trouble()` for the end of the program. Never raises a signal's default:
// see cli/app.cpp for SIGPIPE.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <utility>

#include "cli/style.hpp"

namespace davit {

class Writer {
 public:
  // To an open file, which stays the caller's.
  explicit Writer(int descriptor);
  // To a string that outlives this; it is written through at once.
  explicit Writer(std::string& into) : into_(&into) {}
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) = delete;
  ~Writer();

  Style style;
  bool terminal = false;
  int width = 0;  // columns; 0: no limit

  // Text for people: without UTF-8 our symbols are written in ASCII, and no CI system takes a part
  // of it for a command.
  void write(std::string_view text);
  // Bytes as they are: JSON, scripts, files.
  void raw(std::string_view bytes);

  template <typename... T>
  void print(fmt::format_string<T...> format, T&&... values) {
    write(fmt::vformat(format, fmt::make_format_args(values...)));
  }
  // As print, and ends the line.
  template <typename... T>
  void line(fmt::format_string<T...> format, T&&... values) {
    write(fmt::vformat(format, fmt::make_format_args(values...)) + '\n');
  }

  void flush();
  bool closed() const { return trouble_ != 0; }
  // errno of what went wrong; 0 when nothing did, also when the reader went away.
  int trouble() const;

 private:
  int descriptor_ = -1;
  std::string* into_ = nullptr;
  std::string buffer_;
  int trouble_ = 0;
};

}  // namespace davit
