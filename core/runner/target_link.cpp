// SPDX-License-Identifier: MIT
// A link step on a target.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/digest/digest.hpp"
#include "core/runner/outdated.hpp"
#include "core/runner/target_act.hpp"
#include "core/ssh/remote_link.hpp"

namespace davit {

namespace {

// The first number of the two that is one: the time of its making, in nanoseconds.
std::int64_t nanoseconds(std::string_view text) {
  const auto second = text.find(' ');
  for (const auto one : {text.substr(0, second), text.substr(std::min(second, text.size()))}) {
    double seconds = 0;
    const auto word = one.substr(std::min(one.find_first_not_of(' '), one.size()));
    std::from_chars(word.data(), word.data() + word.size(), seconds);
    if (seconds > 0) return static_cast<std::int64_t>(seconds * 1e9);
  }
  return 0;
}

// What the target found, as remote_link.hpp says.
struct Found {
  std::string home, before, earlier;
  std::vector<Sibling> siblings;
};

std::string next_field(std::string_view& text, char end) {
  const auto at = std::min(text.find(end), text.size());
  std::string field(text.substr(0, at));
  text.remove_prefix(std::min(at + 1, text.size()));
  return field;
}

Found read_found(std::string_view text) {
  Found found;
  found.home = next_field(text, '\0');
  found.before = next_field(text, '\0');
  found.earlier = next_field(text, '\0');
  while (text.find('\0') != std::string_view::npos)
    found.siblings.push_back({next_field(text, '\0'), 0});
  // Fewer lines than names: one of them went meanwhile, or nobody there knows.
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == found.siblings.size())
    for (auto& sibling : found.siblings) sibling.made = nanoseconds(next_field(text, '\n'));
  return found;
}

class TargetLink : public TargetAct {
 public:
  explicit TargetLink(const Site& site) : TargetAct(site) {
    const auto& action = std::get<LinkAction>(site.spot.step().action);
    wanted_ = tidied({action.link, action.to, action.keep});
  }

 private:
  void act() override {
    wanted_size_.reset();
    found_.clear();
    site_.say(site_.tongue().switching(
        {.name = name_,
         .place = site_.place,
         .fence = site_.run.request.fence,
         .id = sha256(site_.place + "\n" + site_.spot.target + "\n" + wanted_.link).hex,
         .link = wanted_.link,
         .to = wanted_.to,
         .siblings = wanted_.keep > 0}));
  }

  void heard(const Answer& answer) override {
    const auto& word = answer.front();
    if (word == "absent") return site_.settle(failed_by(nothing_there(wanted_)));
    if (word == "solid") return site_.settle(failed_by(no_symlink(wanted_.link)));
    if (word == "switched") {
      wanted_size_ = number_in(answer, 2);
      look_whether_it_came();
    }
    if (word == "stayed") {
      switched_.removed.clear();
      switched_.trouble = "can't clear away old releases: " + words_from(answer, 2);
    }
    if (word == "cleared" || word == "stayed") succeed();
  }

  void take(std::string_view bytes) override {
    found_.append(bytes);
    look_whether_it_came();
  }

  void look_whether_it_came() {
    if (!wanted_size_ || found_.size() < *wanted_size_) return;
    wanted_size_.reset();
    const auto found = read_found(found_);
    switched_ = {found.before, {}, {}};
    shown_ = wanted_;
    if (!shown_.link.starts_with('/')) shown_.link = found.home + "/" + shown_.link;
    if (!shown_.to.starts_with('/')) shown_.to = found.home + "/" + shown_.to;
    if (wanted_.keep > 0)
      switched_.removed = outdated(shown_, {found.before, found.earlier}, found.siblings);
    if (switched_.removed.empty()) return succeed();
    site_.say(site_.tongue().clearing(name_, wanted_.to, switched_.removed));
  }

  void succeed() {
    for (const auto& text : words(shown_, switched_)) site_.log.note(text);
    site_.settle({});
  }

  Switch wanted_;
  Switch shown_;  // with absolute paths
  Switched switched_;
  std::optional<std::size_t> wanted_size_;  // bytes of what was found
  std::string found_;
};

}  // namespace

std::unique_ptr<TargetDeed> target_link(const Site& site) {
  return std::make_unique<TargetLink>(site);
}

}  // namespace davit
