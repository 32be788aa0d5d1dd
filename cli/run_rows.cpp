// SPDX-License-Identifier: MIT
#include "cli/run_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/host_names.hpp"
#include "cli/progress.hpp"
#include "cli/terminal_text.hpp"
#include "cli/utf8.hpp"

namespace davit {

namespace {

using Stage = TargetPicture::Stage;
using std::chrono::seconds;

constexpr std::size_t kBar = 10;
constexpr Duration kLong = seconds(2);  // who takes longer gets a line
constexpr int kNames = 25;              // columns for who it is, and the blanks behind
constexpr int kFewest = 3;              // targets that do not stream what they print

std::string padded(const std::string& text, const Style& style, int width) {
  const int missing = width - columns(style.shown(text));
  return text + std::string(static_cast<std::size_t>(std::max(missing, 2)), ' ');
}

// Whole seconds: tenths only flicker.
std::string seconds_of(Duration length) { return rough(std::chrono::floor<seconds>(length)); }

std::string bar(std::size_t done, std::size_t whole, const Style& style) {
  const auto full = whole == 0 ? kBar : done * kBar / whole;
  std::string filled, open;
  for (std::size_t i = 0; i < kBar; ++i) (i < full ? filled : open) += i < full ? "█" : "░";
  return style.live(filled) + style.old(open);
}

// " try 3", of one target.
std::string tries(const RoundPicture& round) {
  const int attempt = round.targets.size() == 1 ? round.targets.front().attempt : 0;
  return attempt > 1 ? fmt::format(" try {}", attempt) : "";
}

// "Migrate ✔ once"; nothing of what has nothing to do.
std::string tick(const RoundPicture& round, const Style& style) {
  const bool left = round.took && round.in(Stage::waiting) == round.targets.size();
  if (round.began == Instant{} || left) return round.expected ? style.old(round.name) : "";
  const auto failed = round.in(Stage::failed);
  if (round.took && round.in(Stage::skipped) == round.targets.size()) return "";
  auto out = round.name + ' ';
  if (failed > 0)
    out += style.failed(round.targets.size() == 1 ? "✘" : fmt::format("✘ {}", failed));
  else
    out += round.over() == round.targets.size() ? style.live("✔") : "…" + tries(round);
  return out + (round.once ? " once" : "");
}

std::string ticks(const BatchPicture& batch, const Style& style) {
  std::string out;
  for (const auto& round : batch.rounds) {
    const auto one = tick(round, style);
    if (!one.empty()) out += (out.empty() ? "" : "  ") + one;
  }
  return out;
}

// What ticks say where there is no room for them: "4/12 Switch".
std::string counted_steps(const BatchPicture& batch, const Style& style) {
  std::size_t over = 0;
  const RoundPicture* last = nullptr;
  for (const auto& round : batch.rounds) {
    if (round.took) ++over;
    if (round.began != Instant{}) last = &round;
  }
  return fmt::format("{}/{}{}", over, batch.rounds.size(), last ? "  " + tick(*last, style) : "");
}

std::string batch_label(const BatchPicture& batch) {
  return batch.of > 1 ? fmt::format("  batch {}/{}   ", batch.number, batch.of) : "  ";
}

std::string lost(const BatchPicture& batch, const Style& style) {
  std::string out;
  if (!batch.failed.empty())
    out += "   " + style.failed(fmt::format("{} failed", batch.failed.size()));
  if (!batch.behind.empty())
    out += "   " + style.waiting(fmt::format("{} behind", batch.behind.size()));
  return out;
}

std::string spent(const BatchPicture& batch, Instant now) {
  const auto sum = seconds_of(now - batch.began);
  const auto more = left(batch, now);
  if (!more || *more < seconds(1)) return "   " + sum;
  return fmt::format("   {}, about {} left", sum, seconds_of(*more));
}

std::vector<std::string> still_at_it(const RoundPicture& round) {
  std::vector<std::string> names;
  for (const auto& target : round.targets)
    if (!target.over()) names.push_back(terminal_line(target.name));
  return names;
}

// The round that runs, of several targets.
std::string many(const BatchPicture& batch, const RoundPicture& round, const Style& style,
                 int room) {
  const auto done = round.over();
  const auto count =
      fmt::format("{} {}/{}", bar(done, round.targets.size(), style), done, round.targets.size());
  const auto front = padded(count, style, kNames) + round.name;
  const auto all = front + "  " + host_names(still_at_it(round)) + lost(batch, style);
  return columns(style.shown(all)) <= room ? all : front + lost(batch, style);
}

std::string row_of_many(const BatchPicture& batch, const RoundPicture& round, const Style& style,
                        int width, Instant now) {
  const auto front = batch_label(batch);
  const auto back = spent(batch, now);
  return front + many(batch, round, style, width - columns(front) - columns(back) - 1) + back;
}

// One target, or none, or all that the batch came to.
std::string few(const BatchPicture& batch, const Style& style, int room) {
  std::vector<std::string> names;
  for (const auto& target : batch.targets) names.push_back(terminal_line(target));
  const auto who = names.empty() ? "" : padded(host_names(names), style, kNames);
  const auto all = who + ticks(batch, style);
  return (columns(style.shown(all)) <= room ? all : who + counted_steps(batch, style)) +
         (names.size() > 1 ? lost(batch, style) : "");
}

std::string last_line(const TargetPicture& target, bool folds, Instant now) {
  if (target.total > 0) return sent(target, now);
  return folds ? target.last : "";
}

// Those that take long, and what they do.
void add_slow(std::vector<std::string>& out, const RoundPicture& round, std::size_t most,
              Instant now) {
  const bool folds = static_cast<int>(round.targets.size()) >= kFewest;
  std::size_t more = 0;
  for (const auto& target : round.targets) {
    if (!target.running() || now - target.since < kLong) continue;
    const auto what = last_line(target, folds, now);
    if (what.empty()) continue;
    if (out.size() < most)
      out.push_back(fmt::format("    {}{}  {}",
                                round.local() ? "" : terminal_line(target.name) + "  ",
                                seconds_of(now - target.since), what));
    else
      ++more;
  }
  if (more > 0) out.back() = fmt::format("    … and {} more", more + 1);
}

}  // namespace

std::string sent(const TargetPicture& target, Instant now) {
  const auto passed = std::chrono::duration<double>(now - target.since).count();
  const double rate = passed > 0 ? static_cast<double>(target.done) / passed : 0;
  auto out = fmt::format("{} of {}", size_text(target.done), size_text(target.total));
  if (rate < 1 || target.done >= target.total) return out;
  const auto more = static_cast<double>(target.total - target.done) / rate;
  return out + fmt::format("  {}/s, about {} left", size_text(static_cast<std::int64_t>(rate)),
                           seconds_of(seconds(static_cast<std::int64_t>(more) + 1)));
}

std::string row(const BatchPicture& batch, const Style& style, int width, Instant now) {
  const auto front = batch_label(batch);
  const auto back = spent(batch, now);
  return front + few(batch, style, width - columns(front) - columns(back) - 1) + back;
}

std::vector<std::string> rows(const RunPicture& picture, const Style& style, TerminalSize size,
                              Instant now) {
  const auto* batch = picture.batch();
  if (!batch) return {};
  const auto& round = *picture.round();
  const bool one = !picture.in_round() || round.targets.size() == 1;
  std::vector<std::string> out{one ? row(*batch, style, size.columns, now)
                                   : row_of_many(*batch, round, style, size.columns, now)};
  const auto most = static_cast<std::size_t>(std::max(size.rows / 3, 2));
  if (picture.in_round()) add_slow(out, round, most, now);
  return out;
}

}  // namespace davit
