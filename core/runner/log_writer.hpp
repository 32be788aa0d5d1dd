// SPDX-License-Identifier: MIT
// The writing end of a deployment's log: whole lines, masked, each with its moment and its step.
//
//   2026-11-22T14:03:07.123Z Migrate | creating table orders        from standard output
//   2026-11-22T14:03:07.125Z Migrate ! warning: slow                from standard error
//   2026-11-22T14:03:07.200Z Migrate * exit status 0 after 1.2 s    from davit
//
// Several processes may write to one log: lines go there in one appending write. Lines over 64 KiB
// are cut into pieces of that, never inside a character or a secret. Bytes are kept as they came.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/clock/clock.hpp"
#include "core/secrets/mask.hpp"

namespace davit {

inline constexpr std::size_t kLongestLine = 64 * 1024;

class LogWriter {
 public:
  static constexpr char kOutput = '|';
  static constexpr char kErrors = '!';
  static constexpr char kNote = '*';

  // Gets every line of output and errors as it is written, masked, without its end.
  using Told = std::function<void(std::string_view)>;

  // `file` is open for appending, and stays the caller's.
  LogWriter(int file, std::string_view step, const Mask&, const Clock&, Told told = {});

  // Takes bytes of one stream; a line without its end waits.
  void output(std::string_view bytes) { take(output_, kOutput, bytes); }
  void errors(std::string_view bytes) { take(errors_, kErrors, bytes); }
  // Writes the lines that still wait for their end.
  void finish();
  // So many lines of output to come stand in the log already: they are neither written nor told.
  void skip(std::size_t lines) { skip_ = lines; }
  // One line of davit's own.
  void note(std::string_view text);

  // False once anything could not be written.
  bool whole() const { return whole_; }

 private:
  void take(std::string& waiting, char mark, std::string_view bytes);
  void line(char mark, std::string_view text);
  void stamp();
  void flush();

  int file_;
  std::string step_;
  const Mask& mask_;
  const Clock& clock_;
  Told told_;
  Instant now_{};
  std::string time_;
  std::string output_, errors_;  // waiting for their line's end
  std::string lines_;            // on their way to the file
  std::size_t skip_ = 0;         // lines of output that stand there already
  bool whole_ = true;
  bool torn_ = false;  // the file ends within a line
};

// A step's name as it stands in the log: control characters would break its lines.
std::string log_name(std::string_view step);

}  // namespace davit
