// SPDX-License-Identifier: MIT
#include "core/ssh/target_shell.hpp"

#include <fmt/format.h>

#include "core/clock/clock.hpp"
#include "core/events/ids.hpp"
#include "core/ssh/remote_text.hpp"

namespace davit {

namespace {

constexpr std::size_t kMostWords = 4096;  // of ssh's own, kept

Answer words_of(std::string_view line) {
  Answer words;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

// The last line that says something.
std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const auto at = text.rfind('\n');
  return std::string(at == std::string_view::npos ? text : text.substr(at + 1));
}

}  // namespace

TargetShell::TargetShell(Loop& loop, Child child, const std::string& state, Listener listener)
    : loop_(loop),
      child_(std::move(child)),
      token_("davit-" + fresh_event_id().value),
      listener_(std::move(listener)) {
  output_ = loop_.on_readable(child_.output.number(), [this] { read_output(); });
  errors_ = loop_.on_readable(child_.errors.number(), [this] { read_answers(); });
  say(opening(token_, state));
}

void TargetShell::say(const std::string& text) {
  if (lost_) return;
  unsent_ += text;
  write();
}

void TargetShell::write() {
  const BrokenPipesAreErrors while_writing;
  std::string_view rest = unsent_;
  while (!rest.empty()) {
    const auto flow = write_some(child_.input, rest);
    if (flow == Flow::going) continue;
    if (flow == Flow::ended) rest = {};  // its end is told by the other streams
    break;
  }
  unsent_.erase(0, unsent_.size() - rest.size());
  if (unsent_.empty())
    input_.reset();
  else if (!input_)
    input_ = loop_.on_writable(child_.input.number(), [this] { write(); });
}

Flow TargetShell::read_output() {
  room_.clear();
  const auto flow = read_some(child_.output, room_);
  if (!room_.empty()) listener_.output(room_);
  if (flow == Flow::ended) output_.reset();
  return flow;
}

void TargetShell::read_answers() {
  const auto flow = read_some(child_.errors, unheard_);
  for (auto end = unheard_.find('\n'); end != std::string::npos; end = unheard_.find('\n')) {
    const auto line = unheard_.substr(0, end);
    unheard_.erase(0, end + 1);
    hear(line);
  }
  if (flow == Flow::ended) lose();
}

void TargetShell::hear(std::string_view line) {
  if (line.substr(0, token_.size()) != token_ || line.size() <= token_.size()) {
    if (words_.size() < kMostWords) words_.append(line) += '\n';
    return;
  }
  const auto answer = words_of(line.substr(token_.size() + 1));
  if (answer.empty()) return;
  if (answer.front() != "ready") return listener_.answer(answer);
  listener_.ready();
}

void TargetShell::lose() {
  if (lost_) return;
  lost_ = true;
  errors_.reset();
  input_.reset();
  // What is left on the other stream came before the end.
  while (output_ && read_output() == Flow::going) {
  }
  output_.reset();
  const auto said = last_line(words_ + unheard_);
  listener_.lost({said.empty() ? "the connection was closed" : said});
}

}  // namespace davit
