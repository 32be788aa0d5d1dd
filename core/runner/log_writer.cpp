// SPDX-License-Identifier: MIT
#include "core/runner/log_writer.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace davit {

namespace {

// Not inside a UTF-8 character.
std::size_t whole_characters(std::string_view text, std::size_t place) {
  std::size_t at = place;
  while (at > 0 && place - at < 4 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  return place - at < 4 && at > 0 ? at : place;
}

}  // namespace

std::string log_name(std::string_view step) {
  std::string out(step);
  for (auto& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return out;
}

LogWriter::LogWriter(int file, std::string_view step, const Mask& mask, const Clock& clock,
                     Told told)
    : file_(file), step_(log_name(step)), mask_(mask), clock_(clock), told_(std::move(told)) {}

void LogWriter::stamp() {
  const auto now = clock_.now();
  if (now == now_ && !time_.empty()) return;
  now_ = now;
  time_ = text(now);
}

void LogWriter::line(char mark, std::string_view text) {
  if (mark == kOutput && skip_ > 0) {
    --skip_;
    return;
  }
  lines_ += time_;
  lines_ += ' ';
  lines_ += step_;
  lines_ += ' ';
  lines_ += mark;
  lines_ += ' ';
  const auto begin = lines_.size();
  mask_.apply(text, lines_);
  if (told_ && mark != kNote) told_(std::string_view(lines_).substr(begin));
  lines_ += '\n';
  if (lines_.size() >= kLongestLine) flush();
}

void LogWriter::take(std::string& waiting, char mark, std::string_view bytes) {
  stamp();
  waiting.append(bytes);
  std::string_view rest = waiting;
  for (;;) {
    const auto end = rest.find('\n');
    const auto length = std::min(end, rest.size());
    if (length > kLongestLine && (end != rest.npos || length > kLongestLine + mask_.longest())) {
      const auto place = mask_.cut(rest, whole_characters(rest, kLongestLine));
      line(mark, rest.substr(0, place));
      rest.remove_prefix(place);
    } else if (end != rest.npos) {
      line(mark, rest.substr(0, end));
      rest.remove_prefix(end + 1);
    } else {
      break;
    }
  }
  waiting.erase(0, waiting.size() - rest.size());
  flush();
}

void LogWriter::finish() {
  for (auto* waiting : {&output_, &errors_})
    if (!waiting->empty()) take(*waiting, waiting == &output_ ? kOutput : kErrors, "\n");
}

void LogWriter::note(std::string_view text) {
  stamp();
  line(kNote, text);
  flush();
}

void LogWriter::flush() {
  if (torn_ && !lines_.empty()) lines_.insert(lines_.begin(), '\n');
  std::string_view rest = lines_;
  while (!rest.empty()) {
    const auto put = ::write(file_, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) break;
    torn_ = rest[static_cast<std::size_t>(put) - 1] != '\n';
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  if (!rest.empty()) whole_ = false;
  lines_.clear();
}

}  // namespace davit
