// SPDX-License-Identifier: MIT
#include "definitions/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "definitions/name.hpp"

namespace davit {

namespace {
constexpr std::size_t kHintsAFile = 100;
}  // namespace

int characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

Place Notes::place(Span span) const { return {file_, span.line, span.column, revision_}; }

void Notes::add(Span span, std::string message, std::string hint) {
  mistakes_.push_back({place(span), std::move(message), std::move(hint), std::max(1, span.length)});
}

bool Notes::hints() const { return mistakes_.size() < kHintsAFile; }

std::string Notes::meant(std::string_view word, const std::vector<std::string>& known) const {
  return hints() ? nearest(word, known) : "";
}

std::string Notes::did_you_mean(std::string_view word,
                                const std::vector<std::string>& known) const {
  const std::string near = meant(word, known);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

std::vector<Mistake> Notes::take() {
  std::stable_sort(mistakes_.begin(), mistakes_.end(), [](const Mistake& a, const Mistake& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  return std::move(mistakes_);
}

Error error(const Mistake& mistake) {
  return {mistake.message, mistake.hint, mistake.place, Failure::failed};
}

}  // namespace davit
