// SPDX-License-Identifier: MIT
#include "core/ledger/ledger_commit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/process/machine_name.hpp"
#include "definitions/ascii.hpp"

namespace davit {

namespace {

constexpr std::string_view kSequence = "Davit-Sequence: ";
constexpr std::string_view kPrevious = "Davit-Previous: ";

bool starts_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

// The line at the front, which is taken off.
std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

// This machine's name, as far as it may stand in an address.
std::string host() {
  auto made = machine_name();
  const auto odd = [](char c) { return !ascii::alphanumeric(c) && c != '-' && c != '.'; };
  made.erase(std::remove_if(made.begin(), made.end(), odd), made.end());
  return made.empty() ? "localhost" : made;
}

std::string moment(Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  return fmt::format("{} +0000", std::max<std::int64_t>(seconds, 0));
}

// "author Alice <alice@example.com> 1700000000 +0000"
Outcome read_author(std::string_view line, LedgerCommit& commit) {
  const auto open = line.find(" <");
  const auto close = line.find("> ");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return Error{"its author can't be read"};
  commit.author_name = line.substr(0, open);
  commit.author = line.substr(open + 2, close - open - 2);
  std::int64_t seconds = 0;
  const auto time = line.substr(close + 2);
  if (std::from_chars(time.data(), time.data() + time.size(), seconds).ec != std::errc{})
    return Error{"its time can't be read"};
  commit.at = Instant(std::chrono::seconds(std::min<std::int64_t>(seconds, 1LL << 40)));
  return Done{};
}

Outcome read_header(std::string_view line, LedgerCommit& commit) {
  if (starts_with(line, "tree ")) commit.tree = line.substr(5);
  if (starts_with(line, "parent ")) commit.parents.emplace_back(line.substr(7));
  if (starts_with(line, "author ")) return read_author(line.substr(7), commit);
  return Done{};
}

Outcome read_trailer(std::string_view line, LedgerCommit& commit) {
  if (starts_with(line, kPrevious)) commit.previous.hex = line.substr(kPrevious.size());
  if (!starts_with(line, kSequence)) return Done{};
  const auto digits = line.substr(kSequence.size());
  const auto* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, commit.sequence);
  if (error != std::errc{} || stop != end || commit.sequence < 1)
    return Error{"its sequence number can't be read"};
  return Done{};
}

Outcome read_all_of_header(std::string_view& bytes, LedgerCommit& commit) {
  while (!bytes.empty() && bytes.front() != '\n')
    DAVIT_CHECK(read_header(take_line(bytes), commit));
  take_line(bytes);
  return Done{};
}

Outcome read_message(std::string_view bytes, LedgerCommit& commit) {
  commit.sentence = take_line(bytes);
  if (!take_line(bytes).empty()) return Error{"its message is of another form"};
  while (!bytes.empty() && bytes.front() == '{') commit.lines.emplace_back(take_line(bytes));
  if (commit.lines.empty()) return Error{"it holds no event"};
  if (!take_line(bytes).empty()) return Error{"its message is of another form"};
  while (!bytes.empty()) DAVIT_CHECK(read_trailer(take_line(bytes), commit));
  if (commit.sequence == 0) return Error{"it has no sequence number"};
  return Done{};
}

}  // namespace

std::string subject(const std::string& definition, const std::vector<Event>& events) {
  constexpr std::size_t kMost = 3;
  std::string line;
  std::size_t told = 0;
  for (const auto& event : events) {
    const bool opens = std::holds_alternative<LedgerOpened>(event.fact);
    if ((opens && events.size() > 1) || ++told > kMost) continue;
    line += (line.empty() ? "" : "; ") + sentence(definition, event);
  }
  if (told > kMost) line += fmt::format("; and {} more", told - kMost);
  return line;
}

std::string in_header(std::string_view text) {
  std::string made;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte != 0x7f && c != '<' && c != '>') made += c;
    if (c == ' ' && !made.empty() && made.back() != ' ') made += c;
  }
  while (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

std::string commit_bytes(const LedgerCommit& commit) {
  std::string bytes = fmt::format("tree {}\n", commit.tree);
  for (const auto& parent : commit.parents) bytes += fmt::format("parent {}\n", parent);
  const auto email = in_header(commit.author);
  const auto name = in_header(commit.author_name);
  bytes +=
      fmt::format("author {} <{}> {}\n", name.empty() ? email : name, email, moment(commit.at));
  bytes += fmt::format("committer davit <davit@{}> {}\n\n{}\n\n", host(), moment(commit.at),
                       commit.sentence);
  for (const auto& line : commit.lines) bytes += line + '\n';
  bytes += fmt::format("\n{}{}\n", kSequence, commit.sequence);
  if (!commit.previous.empty()) bytes += fmt::format("{}{}\n", kPrevious, commit.previous.hex);
  return bytes;
}

LedgerCommit parse_ledger_commit(std::string_view bytes) {
  LedgerCommit commit;
  auto read = read_all_of_header(bytes, commit);
  if (read) read = read_message(bytes, commit);
  if (read) return commit;
  commit.wrong = read.error().message;
  commit.lines.clear();
  commit.sequence = 0;
  return commit;
}

}  // namespace davit
