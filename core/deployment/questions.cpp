// SPDX-License-Identifier: MIT
#include "core/deployment/questions.hpp"

#include <deque>

#include "core/runner/target_script.hpp"
#include "core/runner/targets.hpp"
#include "core/ssh/remote_names.hpp"
#include "core/ssh/tongue.hpp"

namespace davit {

namespace {

constexpr Duration kLongestSilence = std::chrono::seconds(30);

// "done shop/17/production/1 12 5f0c…", word by word.
std::optional<Receipt> receipt_in(const Answer& answer) {
  if (answer.size() < 6) return std::nullopt;
  const auto deployment = deployment_in(answer[3]);
  if (!deployment) return std::nullopt;
  return Receipt{*deployment, answer[2] == "done", static_cast<int>(number_in(answer, 4)),
                 answer[5]};
}

// What stands below the tree by other steps of the same plan, from its top.
std::vector<std::string> put_into(const Trace& tree, const std::vector<Trace>& traces) {
  std::vector<std::string> out;
  for (const auto& trace : traces)
    if (trace.path.starts_with(tree.path + "/"))
      out.push_back(trace.path.substr(tree.path.size() + 1));
  return out;
}

// All that one target is asked. Its trees tell of themselves on standard output, one behind the
// other.
class Question {
 public:
  Question(TargetLook& look, SentTrees& trees) : look_(look), trees_(trees) {}

  const std::string& target() const { return look_.target; }
  bool is_over() const { return over_; }
  void fail(const std::string& why) {
    if (over_) return;
    look_.unreachable = why;
    over_ = true;
  }

  void put(TargetShell& shell, const Tongue& tongue, const std::string& place) {
    for (std::size_t i = 0; i < look_.traces.size(); ++i) {
      const auto& trace = look_.traces[i];
      if (trace.kind != Trace::Kind::tree || !trace.unlooked.empty()) continue;
      const auto& sent = *trees_.of({trace.wanted});
      answers_.push_back({i, {sent, put_into(trace, look_.traces)}});
      shell.say(looking_into(i, trace.path, sent->parcel->size));
      shell.pour([sent, done = false]() mutable {
        return std::exchange(done, true) ? std::string_view() : std::string_view(sent->list);
      });
      shell.say(looked_into());
    }
    shell.say(tongue.looking(place, look_.target, look_.traces));
  }

  void hear(const Answer& answer) {
    const auto& word = answer.front();
    if (word == "looked") looked_ = true;
    if (word == "receipt") look_.receipt = receipt_in(answer);
    const auto at = number_in(answer, 1);
    if (at < look_.traces.size()) {
      if (word == "lacks") lacking_.push_back(at);
      if (word == "leads" || word == "sum") look_.traces[at].found = words_from(answer, 2);
    }
    end_if_all_came();
  }

  void take(std::string_view bytes) {
    while (!bytes.empty() && !answers_.empty()) {
      bytes = answers_.front().second.take(bytes);
      if (!answers_.front().second.is_over()) break;
      note(look_.traces[answers_.front().first], answers_.front().second);
      answers_.pop_front();
    }
    end_if_all_came();
  }

 private:
  static void note(Trace& trace, const TreeAnswer& answer) {
    trace.apart = answer.apart();
    if (!trace.apart) trace.found = trace.wanted;
  }

  void end_if_all_came() {
    if (over_ || !looked_ || !answers_.empty()) return;
    over_ = true;
    for (const auto at : lacking_) {
      look_.traces[at].found.reset();
      look_.traces[at].apart.reset();
    }
  }

  TargetLook& look_;
  SentTrees& trees_;
  std::deque<std::pair<std::size_t, TreeAnswer>> answers_;  // that are to come
  std::vector<std::size_t> lacking_;                        // traces that are not there at all
  bool looked_ = false, over_ = false;
};

class Questions {
 public:
  Questions(const Asked& asked, SentTrees& trees, std::vector<TargetLook>& looks)
      : targets_(loop_, asked.reach, asked.hosts, asked.ledger), place_(asked.place) {
    for (auto& look : looks) questions_.emplace_back(look, trees);
  }

  void ask() {
    for (auto& question : questions_) begin(question);
    while (!all_over()) {
      heard_ = false;
      if (!loop_.until([this] { return heard_ || all_over(); }, kLongestSilence)) break;
    }
    for (auto& question : questions_) question.fail("no answer");
  }

 private:
  bool all_over() const {
    return std::all_of(questions_.begin(), questions_.end(),
                       [](const auto& question) { return question.is_over(); });
  }

  void begin(Question& question) {
    const auto& name = question.target();
    const auto reached = targets_.reach(
        name, {[this, &question, &name] {
                 heard_ = true;
                 question.put(*targets_.ready(name), tongue_of(targets_.host(name).shell), place_);
               },
               [this, &question](std::string_view bytes) {
                 heard_ = true;
                 question.take(bytes);
               },
               [this, &question](const Answer& answer) {
                 heard_ = true;
                 question.hear(answer);
               },
               [&question](const Error& error) { question.fail(error.message); }});
    if (!reached) question.fail(reached.error().message);
  }

  Loop loop_;
  Targets targets_;
  std::string place_;
  std::deque<Question> questions_;
  bool heard_ = false;
};

}  // namespace

void ask_targets(const Asked& asked, SentTrees& trees, std::vector<TargetLook>& looks) {
  Questions(asked, trees, looks).ask();
}

}  // namespace davit
