// SPDX-License-Identifier: MIT
// An upload step on a target: what the target lacks of a file or a tree is sent, and put in its
// place there.
#include <fmt/format.h>

#include "core/artifacts/in_the_way.hpp"
#include "core/artifacts/unpack.hpp"
#include "core/runner/cargo.hpp"
#include "core/runner/errand.hpp"
#include "core/runner/target_act.hpp"
#include "core/ssh/remote_upload.hpp"

namespace davit {

namespace {

using Status = StepRecord::Status;

// "12.4 MB"
std::string in_bytes(std::int64_t bytes) {
  constexpr double kMega = 1e6;
  if (bytes >= 100000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / kMega);
  return fmt::format("{} bytes", bytes);
}

class TargetUpload : public TargetAct {
 public:
  explicit TargetUpload(const Site& site)
      : TargetAct(site), action_(std::get<UploadAction>(site.spot.step().action)) {}

 private:
  void act() override {
    marks_.clear();
    marks_size_.reset();
    cargo_ = site_.run.cargoes[{action_.artifact, action_.unpack}];
    if (!cargo_) return site_.settle(given_up(site_.run, GaveUp::asked, {}));
    const RemoteUpload wanted{
        .name = name_,
        .place = site_.place,
        .fence = site_.run.request.fence,
        .id = fmt::format("{}\n{}\n{}", site_.place, site_.spot.target, action_.artifact),
        .content = cargo_->pin.digest.hex,
        .to = without_last_slashes(action_.to)};
    const auto* parcel = cargo_->parcel.get();
    const auto& tongue = site_.tongue();
    site_.say(parcel ? tongue.receiving_tree(wanted, *parcel)
                     : tongue.receiving_file(wanted, cargo_->size, cargo_->pin.digest));
  }

  void heard(const Answer& answer) override {
    const auto& word = answer.front();
    if (word == "pour") return pour(answer);
    if (word == "looked") {
      marks_size_ = number_in(answer, 2);
      return look_whether_they_came();
    }
    if (word == "kept") return succeed("it is there already, and nothing was sent");
    if (word == "placed")
      return succeed(fmt::format("sent {} of {}", in_bytes(sent_), in_bytes(all())));
    if (word == "taken") return site_.settle(failed_by(in_the_way(what_is(answer), action_.to)));
    if (word == "differs") return once_more();
    if (word != "broken") return;
    site_.say(site_.tongue().dropping_upload());
    site_.settle({Status::failed,
                  fmt::format("it could not be taken in: {}; nothing was put in place",
                              words_from(answer, 2)),
                  {}});
  }

  static InTheWay what_is(const Answer& answer) {
    const auto what = words_from(answer, 2);
    if (what == "symlink") return InTheWay::symlink;
    return what == "file" ? InTheWay::file : InTheWay::folder;
  }

  void take(std::string_view bytes) override {
    marks_.append(bytes);
    look_whether_they_came();
  }

  void look_whether_they_came() {
    if (!marks_size_ || marks_.size() < *marks_size_) return;
    marks_size_.reset();
    std::erase(marks_, '\n');
    const auto& parcel = *cargo_->parcel;
    // Where a number of them is no answer, all are sent.
    if (marks_.size() != parcel.files.size()) marks_.assign(parcel.files.size(), '0');
    rest_ = {parcel.others};
    for (std::size_t i = 0; i < parcel.files.size(); ++i) {
      if (marks_[i] == '1') continue;
      const auto& file = parcel.files[i].tar;
      if (rest_.back().at + rest_.back().size == file.at)
        rest_.back().size += file.size;
      else
        rest_.push_back(file);
    }
    rest_.push_back(parcel.end);
    site_.say(site_.tongue().receiving_rest(size_of(rest_)));
  }

  static std::int64_t size_of(const std::vector<Stretch>& stretches) {
    std::int64_t size = 0;
    for (const auto& stretch : stretches) size += stretch.size;
    return size;
  }

  // Bytes of it that a target without anything gets.
  std::int64_t all() const { return cargo_->parcel ? cargo_->parcel->size : cargo_->size; }

  std::vector<Stretch> asked_for(const Answer& answer) const {
    if (!cargo_->parcel) {
      const auto size = static_cast<std::int64_t>(number_in(answer, 2));
      return {{cargo_->size - size, size}};
    }
    const auto kind = words_from(answer, 3);
    if (kind == "none") return {{0, cargo_->parcel->size}};
    if (kind == "rest") return rest_;
    return {cargo_->parcel->list, cargo_->parcel->end};
  }

  void pour(const Answer& answer) {
    auto* shell = site_.targets.ready(site_.spot.target);
    const auto stretches = asked_for(answer);
    const auto size = size_of(stretches);
    if (shell == nullptr) return;
    if (size != static_cast<std::int64_t>(number_in(answer, 2)) || stretches.front().at < 0)
      return give_up("the target asks for what is not there");
    const auto before = sent_;
    shell->pour(cargo_source(cargo_, stretches, [this, before](std::int64_t done) {
      if (done < 0) return give_up("the artifact can't be read any more");
      sent_ = before + done;
      site_.run.teller.progress(site_.spot.planned, site_.spot.target, sent_, all());
    }));
  }

  // Not at once: the shell that asks must not be closed meanwhile.
  void give_up(const std::string& why) {
    later_ = site_.run.loop.after(Duration{0}, [this, why] {
      site_.targets.drop(site_.spot.target);
      site_.settle({Status::failed, why, {}});
    });
  }

  // What an earlier try had left there may have been damaged: from the beginning, then.
  void once_more() {
    site_.say(site_.tongue().dropping_upload());
    if (std::exchange(again_, true))
      return site_.settle({Status::failed,
                           "what came there differs from the release; nothing was put in place",
                           {}});
    act();
  }

  void succeed(const std::string& words) {
    site_.log.note(words);
    site_.settle({});
  }

  const UploadAction& action_;
  std::shared_ptr<const Cargo> cargo_;
  std::int64_t sent_ = 0;
  std::string marks_;  // what the target said of each file
  std::optional<std::size_t> marks_size_;
  std::vector<Stretch> rest_;
  bool again_ = false;
  Loop::Watch later_;
};

}  // namespace

std::unique_ptr<TargetDeed> target_upload(const Site& site) {
  return std::make_unique<TargetUpload>(site);
}

}  // namespace davit
