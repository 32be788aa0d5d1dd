// SPDX-License-Identifier: MIT
#include "core/ssh/admission.hpp"

#include <algorithm>
#include <string>

#include "core/clock/clock.hpp"
#include "core/ssh/ssh_words.hpp"

namespace davit {

namespace {

constexpr int kKnocking = 10;
constexpr int kMostKnocks = 6;
constexpr std::size_t kMostHeard = 64u << 10;       // before the shell's first word
constexpr Duration kBetweenKnocks = Duration(150);  // before it is made again; longer each time

// Up to so long.
Duration some_of(Duration most) {
  const auto drawn = std::stoul(fresh_event_id().value.substr(0, 6), nullptr, 16);
  return Duration(most.count() * static_cast<std::int64_t>(drawn) / 0xFFFFFF);
}

}  // namespace

// Until the shell at its end says its first word, nothing of it is passed on, and what was written
// is kept: the next try begins from the beginning.
class AdmittedWay : public Way {
 public:
  AdmittedWay(Admission& admission, std::string machine, Admission::Making making)
      : admission_(admission), machine_(std::move(machine)), making_(std::move(making)) {}
  ~AdmittedWay() override {
    if (!in_) admission_.leave(machine_, this, going_);
  }

  void open(Ends ends) override {
    ends_ = std::move(ends);
    admission_.enter(machine_, this);
  }

  void write(std::string_view& from) override {
    if (!inner_ || !write_again()) return;
    const auto before = from;
    inner_->write(from);
    if (!in_) written_ += before.substr(0, before.size() - from.size());
  }

  void begin() {
    ++tries_;
    auto made = making_();
    if (!made) return end(made.error().message);
    inner_ = *std::move(made);
    again_ = written_;
    said_.clear();
    inner_->open({[this](std::string_view bytes) { pass(bytes); },
                  [this](std::string_view bytes) { hear(bytes); }, [this] { go_on(); },
                  [this](const std::string& why) { ended(why); }});
    go_on();
  }

  std::string key() const override { return inner_ ? inner_->key() : ""; }

  // It may begin after so long.
  void admit(Duration pause) {
    going_ = true;
    soon_ = admission_.loop_.after(pause, [this] { begin(); });
  }

 private:
  void go_on() {
    if (write_again()) ends_.room();
  }

  void pass(std::string_view bytes) {
    get_in();
    ends_.output(bytes);
  }

  // The shell's first answer ends with this word, whatever ssh says before it.
  void hear(std::string_view bytes) {
    if (in_) return ends_.errors(bytes);
    said_ += bytes;
    if (said_.find(" ready\n") != std::string::npos || said_.size() > kMostHeard) get_in();
  }

  void get_in() {
    if (in_) return;
    in_ = true;
    written_.clear();
    admission_.leave(machine_, this, true);
    const auto said = std::move(said_);
    if (!said.empty()) ends_.errors(said);
  }

  bool write_again() {
    std::string_view rest = again_;
    if (!rest.empty()) inner_->write(rest);
    again_.erase(0, again_.size() - rest.size());
    return again_.empty();
  }

  void ended(const std::string& why) {
    if (in_ || tries_ >= kMostKnocks || !was_dropped(said_ + why)) return end(why);
    const auto pause = kBetweenKnocks * tries_;
    admit(pause + some_of(pause));
  }

  void end(const std::string& why) {
    if (!in_) {
      in_ = true;
      admission_.leave(machine_, this, true);
      if (!said_.empty()) ends_.errors(said_);
    }
    ends_.ended(why);
  }

  Admission& admission_;
  std::string machine_;
  Admission::Making making_;
  Ends ends_;
  std::unique_ptr<Way> inner_;
  bool going_ = false, in_ = false;
  int tries_ = 0;
  std::string written_, again_, said_;
  Loop::Watch soon_;  // begin() is due
};

bool was_dropped(std::string_view said) {
  if (was_refused_on_the_way(said)) return false;
  const auto says = [&](std::string_view words) {
    return said.find(words) != std::string_view::npos;
  };
  return says("kex_exchange_identification") || says("ssh_exchange_identification") ||
         says("Not allowed at this time") || says("Exceeded MaxStartups") ||
         says("Connection closed by remote host") || says("Connection reset by peer");
}

std::unique_ptr<Way> Admission::way(std::string machine, Making making) {
  return std::make_unique<AdmittedWay>(*this, std::move(machine), std::move(making));
}

void Admission::enter(const std::string& machine, AdmittedWay* way) {
  auto& door = doors_[machine];
  if (door.going >= kKnocking) return door.waiting.push_back(way);
  ++door.going;
  way->admit(Duration{0});
}

void Admission::leave(const std::string& machine, AdmittedWay* way, bool was_going) {
  auto& door = doors_[machine];
  std::erase(door.waiting, way);
  if (!was_going) return;
  --door.going;
  if (door.waiting.empty()) return;
  auto* next = door.waiting.front();
  door.waiting.pop_front();
  ++door.going;
  next->admit(Duration{0});
}

}  // namespace davit
