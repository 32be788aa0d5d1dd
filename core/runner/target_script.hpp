// SPDX-License-Identifier: MIT
// A script on a target, from its beginning to its end, however often the way there is lost.
#pragma once

#include <optional>

#include "core/runner/target_deed.hpp"
#include "core/ssh/remote_text.hpp"

namespace davit {

class TargetScript {
 public:
  // `ended` gets its end, when all that it printed is in the log. What else may come of it is
  // settled with the site.
  TargetScript(const Site& site, std::function<void(const TryEnd&)> ended)
      : site_(site), ended_(std::move(ended)) {}

  void begin(RemoteTry);
  // The same try, which may have begun: asks what became of it.
  void ask(const std::string& name);
  void hear(const Answer&);
  void take(std::string_view bytes);
  void end(TryEnd::Why);

  const std::string& name() const { return name_; }
  // Why the target could keep no more of what it printed, when it failed.
  const std::string& trouble() const { return trouble_; }

 private:
  enum class Stage { beginning, asking, running };

  void follow();
  void still_running();
  void ended(const Answer&);
  void wait_for_the_rest();
  void look_whether_all_came();
  void look_what_is_left(bool nothing);
  void conclude(bool gone);

  const Site& site_;
  std::function<void(const TryEnd&)> ended_;
  std::string name_;
  Stage stage_ = Stage::beginning;
  bool known_ = false;    // the target has heard of it
  bool tells_ = false;    // its end is told unasked
  std::size_t came_ = 0;  // bytes of its output
  std::optional<int> status_;
  std::size_t size_ = 0;  // of its output, when it has ended
  std::string trouble_;
  std::optional<TryEnd::Why> why_;  // it was asked to end
  bool killed_ = false;
  int looks_ = 0;  // for what is left of it
  Loop::Watch timer_, again_;
};

// A number of the target's; 0 where it is none.
std::size_t number_in(const Answer&, std::size_t at);
// The words from there on.
std::string words_from(const Answer&, std::size_t first);
// What to settle where the target refuses ("fenced", "failed"); nothing for any other answer.
std::optional<Tried> refusal(const Answer&);

}  // namespace davit
