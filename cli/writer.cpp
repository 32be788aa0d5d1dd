// SPDX-License-Identifier: MIT
#include "cli/writer.hpp"

#include <unistd.h>

#include <cerrno>

namespace davit {

namespace {

constexpr std::size_t kBlock = 64 * 1024;

}  // namespace

Writer::Writer(int descriptor) : descriptor_(descriptor) {}

Writer::Writer(Writer&& other) noexcept
    : style(other.style),
      terminal(other.terminal),
      width(other.width),
      descriptor_(std::exchange(other.descriptor_, -1)),
      into_(std::exchange(other.into_, nullptr)),
      buffer_(std::exchange(other.buffer_, {})),
      trouble_(other.trouble_) {}

Writer::~Writer() { flush(); }

void Writer::write(std::string_view text) { raw(harmless(style.ci, style.shown(text))); }

void Writer::raw(std::string_view bytes) {
  if (into_ != nullptr) {
    *into_ += bytes;
    return;
  }
  buffer_ += bytes;
  if (terminal || buffer_.size() >= kBlock) flush();
}

void Writer::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && descriptor_ >= 0 && trouble_ == 0) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0)
      rest.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      trouble_ = errno;
  }
  buffer_.clear();
}

int Writer::trouble() const { return trouble_ == EPIPE ? 0 : trouble_; }

}  // namespace davit
