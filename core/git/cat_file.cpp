// SPDX-License-Identifier: MIT
#include "core/git/cat_file.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <charconv>

namespace davit {

namespace {

constexpr std::size_t kUnderstood = 4u << 20;  // bytes

// A name of one line; others name nothing.
bool can_be_asked(const std::string& name) {
  return !name.empty() && name.find_first_of(std::string_view("\n\0", 2)) == std::string::npos;
}

// "<id> <type> <size>"
struct Header {
  std::string_view id, type;
  std::size_t size = 0;
};

std::optional<Header> parse_header(std::string_view line) {
  const auto first = line.find(' ');
  const auto second = line.rfind(' ');
  if (first == std::string_view::npos || first == second) return std::nullopt;
  Header header{line.substr(0, first), line.substr(first + 1, second - first - 1)};
  const auto* end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data() + second + 1, end, header.size);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return header;
}

}  // namespace

Outcome CatFile::read(const std::vector<std::string>& names, const Take& take) {
  const BrokenPipesAreErrors while_reading;
  const bool was_running = child_.has_value();
  std::size_t answered = 0;
  auto all = converse(names, answered, take);
  if (all || !was_running) return all;
  // Somebody may have ended it since; a fresh one tells whether it is the question.
  return converse(names, answered, take);
}

// Goes on behind the first `answered` of the names.
Outcome CatFile::converse(const std::vector<std::string>& names, std::size_t& answered,
                          const Take& take) {
  if (!child_) {
    auto command = command_;
    command.arguments.insert(command.arguments.end(), {"cat-file", "--batch-command", "--buffer"});
    DAVIT_TRY(auto child, spawn(command));
    child_.emplace(std::move(child));
  }
  std::string questions;
  for (std::size_t i = answered; i < names.size(); ++i)
    if (can_be_asked(names[i])) questions.append("contents ").append(names[i]) += '\n';
  questions += "flush\n";
  std::string_view unsent = questions;
  errors_.clear();
  while (answered < names.size()) {
    const auto& name = names[answered];
    std::optional<GitObject> answer;
    if (can_be_asked(name)) {
      DAVIT_TRY(const bool understood, understand(name, answer));
      if (!understood) {
        DAVIT_CHECK(exchange(unsent));
        continue;
      }
    }
    take(answered++, std::move(answer));
  }
  return Done{};
}

// Waits until something can be sent or has come, and does both.
Outcome CatFile::exchange(std::string_view& unsent) {
  std::array<pollfd, 3> watched{{{unsent.empty() ? -1 : child_->input.number(), POLLOUT, 0},
                                 {child_->output.number(), POLLIN, 0},
                                 {child_->errors.number(), POLLIN, 0}}};
  poll(watched.data(), watched.size(), -1);
  if (watched[0].revents != 0) write_some(child_->input, unsent);
  if (watched[2].revents != 0 && read_some(child_->errors, errors_) == Flow::ended)
    child_->errors.close();
  if (watched[1].revents != 0 && read_some(child_->output, received_) == Flow::ended)
    return broken_off();
  return Done{};
}

// One answer from what was received; false where more must come first.
Result<bool> CatFile::understand(const std::string& name, std::optional<GitObject>& answer) {
  const std::string_view rest = std::string_view(received_).substr(position_);
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return false;
  const auto line = rest.substr(0, end);
  const auto header = parse_header(line);
  if (!header) {
    DAVIT_CHECK(none(name, line));
    position_ += end + 1;
  } else {
    if (rest.size() < end + 1 + header->size + 1) {
      received_.reserve(position_ + end + 1 + header->size + 1);
      return false;
    }
    answer = GitObject{std::string(header->id), std::string(header->type),
                       std::string(rest.substr(end + 1, header->size))};
    position_ += end + 1 + header->size + 1;
  }
  // What is understood goes, but not so often that moving the rest costs more than reading it.
  if (position_ == received_.size() || position_ > kUnderstood) {
    received_.erase(0, position_);
    position_ = 0;
  }
  return true;
}

// Why there is no object of this name: an error, unless there simply is none. A damaged object is
// "missing", too; what is wrong with it has gone to the errors before.
Outcome CatFile::none(const std::string& name, std::string_view line) {
  if (line == name + " ambiguous") {
    start_again();
    return Error{fmt::format("{} may mean several objects", name), "write more of its digits"};
  }
  while (read_some(child_->errors, errors_) == Flow::going) {
  }
  if (errors_.find("error: ") != std::string::npos) return broken_off();
  return Done{};
}

Error CatFile::broken_off() {
  while (read_some(child_->errors, errors_) == Flow::going) {
  }
  auto said = errors_.substr(0, errors_.find('\n'));
  for (const std::string_view word : {"fatal: ", "error: "})
    if (said.rfind(word, 0) == 0) said.erase(0, word.size());
  start_again();
  return {fmt::format("git can't read from this repository: {}",
                      said.empty() ? "cat-file broke off" : said),
          "`git fsck` says what is damaged"};
}

void CatFile::start_again() {
  child_.reset();
  received_.clear();
  position_ = 0;
}

}  // namespace davit
