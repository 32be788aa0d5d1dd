// SPDX-License-Identifier: MIT
#include "core/ssh/piped_way.hpp"

namespace davit {

void PipedWay::open(Ends ends) {
  ends_ = std::move(ends);
  output_ = loop_.on_readable(streams_.output.number(), [this] { read_output(); });
  errors_ = loop_.on_readable(streams_.errors.number(), [this] { read_errors(); });
}

void PipedWay::write(std::string_view& from) {
  if (ended_) return;
  const BrokenPipesAreErrors while_writing;
  auto flow = Flow::going;
  while (flow == Flow::going && !from.empty()) flow = write_some(streams_.input, from);
  if (flow == Flow::ended) from = {};  // its end is told by the other streams
  if (from.empty())
    input_.reset();
  else if (!input_)
    input_ = loop_.on_writable(streams_.input.number(), [this] { ends_.room(); });
}

Flow PipedWay::read_output() {
  room_.clear();
  const auto flow = read_some(streams_.output, room_);
  if (!room_.empty()) ends_.output(room_);
  if (flow == Flow::ended) output_.reset();
  return flow;
}

void PipedWay::read_errors() {
  room_.clear();
  const auto flow = read_some(streams_.errors, room_);
  if (!room_.empty()) ends_.errors(room_);
  if (flow == Flow::ended) end();
}

void PipedWay::end() {
  if (ended_) return;
  ended_ = true;
  errors_.reset();
  input_.reset();
  // What is left on the other stream came before the end.
  while (output_ && read_output() == Flow::going) {
  }
  output_.reset();
  ends_.ended(why());
}

}  // namespace davit
