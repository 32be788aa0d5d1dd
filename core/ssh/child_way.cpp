// SPDX-License-Identifier: MIT
#include "core/ssh/child_way.hpp"

namespace davit {

void ChildWay::open(Ends ends) {
  ends_ = std::move(ends);
  output_ = loop_.on_readable(child_.output.number(), [this] { read_output(); });
  errors_ = loop_.on_readable(child_.errors.number(), [this] { read_errors(); });
}

void ChildWay::write(std::string_view& from) {
  if (ended_) return;
  const BrokenPipesAreErrors while_writing;
  auto flow = Flow::going;
  while (flow == Flow::going && !from.empty()) flow = write_some(child_.input, from);
  if (flow == Flow::ended) from = {};  // its end is told by the other streams
  if (from.empty())
    input_.reset();
  else if (!input_)
    input_ = loop_.on_writable(child_.input.number(), [this] { ends_.room(); });
}

Flow ChildWay::read_output() {
  room_.clear();
  const auto flow = read_some(child_.output, room_);
  if (!room_.empty()) ends_.output(room_);
  if (flow == Flow::ended) output_.reset();
  return flow;
}

void ChildWay::read_errors() {
  room_.clear();
  const auto flow = read_some(child_.errors, room_);
  if (!room_.empty()) ends_.errors(room_);
  if (flow == Flow::ended) end();
}

void ChildWay::end() {
  if (ended_) return;
  ended_ = true;
  errors_.reset();
  input_.reset();
  // What is left on the other stream came before the end.
  while (output_ && read_output() == Flow::going) {
  }
  output_.reset();
  ends_.ended("");
}

}  // namespace davit
