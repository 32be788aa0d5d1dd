// SPDX-License-Identifier: MIT
#include "core/ssh/target_shell.hpp"

#include <fmt/format.h>

#include "core/clock/clock.hpp"
#include "core/events/ids.hpp"
#include "core/ssh/why_lost.hpp"

namespace davit {

namespace {

constexpr std::size_t kLongestLine = 64u << 10;
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

}  // namespace

TargetShell::TargetShell(std::unique_ptr<Way> way, const Tongue& tongue, const RemoteFolder& kept,
                         Listener listener)
    : way_(std::move(way)),
      token_("davit-" + fresh_event_id().value),
      listener_(std::move(listener)) {
  way_->open({.output = [this](std::string_view bytes) { listener_.output(bytes); },
              .errors = [this](std::string_view bytes) { read_answers(bytes); },
              .room = [this] { write(); },
              .ended = [this](const std::string& why) { lose(why); }});
  say(tongue.opening(token_, kept));
}

void TargetShell::say(const std::string& text) { send({text, nullptr, {}}); }

void TargetShell::pour(Source source) { send({"", std::move(source), {}}); }

void TargetShell::send(Unsent unsent) {
  if (lost_) return;
  unsent_.push_back(std::move(unsent));
  auto& last = unsent_.back();
  last.rest = last.text;
  if (unsent_.size() == 1) write();
}

void TargetShell::write() {
  while (!unsent_.empty() && !lost_) {
    auto& first = unsent_.front();
    if (first.rest.empty() && first.source) first.rest = first.source();
    if (first.rest.empty()) {
      unsent_.pop_front();
      continue;
    }
    way_->write(first.rest);
    if (!first.rest.empty()) return;
  }
}

void TargetShell::read_answers(std::string_view bytes) {
  unheard_.append(bytes);
  for (auto end = unheard_.find('\n'); end != std::string::npos; end = unheard_.find('\n')) {
    const auto line = unheard_.substr(0, end);
    unheard_.erase(0, end + 1);
    hear(line);
  }
  // No answer of ours is so long.
  if (unheard_.size() > kLongestLine) hear(std::exchange(unheard_, {}));
}

void TargetShell::hear(std::string_view line) {
  if (line.substr(0, token_.size()) != token_ || line.size() <= token_.size()) {
    if (words_.size() < kMostWords) words_.append(line.substr(0, kMostWords)) += '\n';
    return;
  }
  const auto answer = words_of(line.substr(token_.size() + 1));
  if (answer.empty()) return;
  if (answer.front() != "ready") return listener_.answer(answer);
  listener_.ready();
}

void TargetShell::lose(const std::string& why) {
  if (lost_) return;
  lost_ = true;
  unsent_.clear();
  const auto said = why.empty() ? why_lost(words_ + unheard_) : why;
  listener_.lost({said.empty() ? "the connection was closed" : said});
}

}  // namespace davit
