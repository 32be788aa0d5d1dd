// SPDX-License-Identifier: MIT
#include "cli/scribe.hpp"

#include <fmt/chrono.h>

namespace davit {

namespace {

bool watched(const Desk& desk) {
  const auto is = [&](const char* name) { return desk.environment(name).value_or(""); };
  return desk.err.terminal && desk.err.style.ci == CiForm::none && !desk.settings.quiet &&
         !desk.settings.json && is("TERM") != "dumb" && is("CI").empty();
}

}  // namespace

std::string clock_time(Instant now) {
  return fmt::format("{:%H:%M:%S}", std::chrono::floor<std::chrono::seconds>(now));
}

Scribe::Scribe(Desk& desk)
    : desk_(desk), painter_(watched(desk) ? std::make_unique<Painter>(desk.err) : nullptr) {}

Scribe::~Scribe() { end(); }

void Scribe::heading(const std::string& text) {
  if (live())
    heading_ = text;
  else
    note(text);
}

void Scribe::line(const std::string& text) {
  if (live()) return above(text);
  note(fmt::format("{}  {}", clock_time(desk_.clock.now()), text));
}

void Scribe::note(const std::string& text) {
  spoken_ = desk_.clock.now();
  if (!live()) return desk_.say("{}", text);
  above(text);
  painter_->show();
}

void Scribe::above(const std::string& text) {
  if (!heading_.empty()) painter_->above(std::exchange(heading_, {}));
  painter_->above(text);
}

void Scribe::begin(const std::string& title) {
  end();
  const auto form = desk_.err.style.ci;
  if (live() || desk_.settings.quiet) return;
  if (form == CiForm::none) return line(title);
  const auto now = desk_.clock.now();
  group_ = LogGroup{fmt::format("{}  {}", clock_time(now), title),
                    fmt::format("davit_{}_{}", now.time_since_epoch().count(), ++groups_)};
  token_ = fresh_event_id().value;
  desk_.err.raw(begins(form, *group_, now) + commands_stop(form, token_));
  desk_.err.flush();
}

void Scribe::end() {
  if (!group_) return;
  const auto form = desk_.err.style.ci;
  desk_.err.raw(commands_go_on(form, token_) + ends(form, *group_, desk_.clock.now()));
  desk_.err.flush();
  group_.reset();
}

void Scribe::frame(std::vector<std::string> rows) {
  if (!live()) return;
  if (!heading_.empty()) rows.insert(rows.begin(), heading_);
  painter_->frame(std::move(rows));
}

void Scribe::clear() {
  heading_.clear();
  if (live()) painter_->clear();
}

}  // namespace davit
