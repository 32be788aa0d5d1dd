// SPDX-License-Identifier: MIT
// The printing transport, a dry run's: the runner does what it always does, and nobody is reached.
//
// What a target would be told is put into words for people, and answered as by a target on which
// all goes well. For that the tongue says the answers themselves, and the way gives them back:
//
//   token TOKEN       of the session
//   answer WORDS      an answer, with the session's token before it
//   output SIZE       so many bytes of standard output, which follow
//
// One answer is this transport's alone:
//
//   TOKEN told TRY WORDS          a line for people
#pragma once

#include <string>

#include "core/runner/loop.hpp"
#include "core/ssh/tongue.hpp"
#include "core/ssh/way.hpp"

namespace davit {

const Tongue& printing_tongue();

class PrintingWay : public Way {
 public:
  explicit PrintingWay(Loop& loop) : loop_(loop) {}

  void open(Ends ends) override { ends_ = std::move(ends); }
  void write(std::string_view& from) override;

 private:
  void give_back();

  Loop& loop_;
  Ends ends_;
  std::string token_, said_;
  Loop::Watch later_;
};

// A script, where it would start, and the values that it would find but for davit's own; of each
// value one line.
std::string script_words(const RemoteTry&);

}  // namespace davit
