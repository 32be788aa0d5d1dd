// SPDX-License-Identifier: MIT
#include "core/secrets/mask.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/secrets/forms.hpp"

namespace davit {

namespace {

constexpr std::string_view kHidden = "***";

std::size_t pair(std::string_view text, std::size_t at) {
  return static_cast<std::size_t>(static_cast<unsigned char>(text[at])) << 8 |
         static_cast<unsigned char>(text[at + 1]);
}

// Forms with the same two first bytes stand together, the longest first.
bool before(const std::string& a, const std::string& b) {
  const auto pair_a = pair(a, 0);
  const auto pair_b = pair(b, 0);
  if (pair_a != pair_b) return pair_a < pair_b;
  return a.size() != b.size() ? a.size() > b.size() : a < b;
}

}  // namespace

Outcome Mask::add(std::string_view name, std::string_view value) {
  if (value.size() < kShortest)
    return Error{fmt::format("secret {} is under {} characters and can't be hidden in output", name,
                             kShortest),
                 "make it longer, or a plain variable"};
  for (auto& form : secret_forms(value, kShortest)) forms_.push_back(std::move(form));
  index();
  return Done{};
}

void Mask::index() {
  std::sort(forms_.begin(), forms_.end(), before);
  forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
  for (const auto& form : forms_) {
    begins_.set(pair(form, 0));
    longest_ = std::max(longest_, form.size());
  }
}

std::size_t Mask::match(std::string_view text, std::size_t at) const {
  const auto wanted = pair(text, at);
  auto form = std::lower_bound(forms_.begin(), forms_.end(), wanted,
                               [](const auto& f, std::size_t p) { return pair(f, 0) < p; });
  for (; form != forms_.end() && pair(*form, 0) == wanted; ++form)
    if (text.compare(at, form->size(), *form) == 0) return form->size();
  return 0;
}

void Mask::apply(std::string_view text, std::string& out) const {
  std::size_t told = 0;  // up to here it is in `out`, or hidden
  if (!forms_.empty()) {
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
      if (!begins_[pair(text, at)]) continue;
      const auto length = match(text, at);
      if (length == 0) continue;
      if (at >= told) {
        out.append(text.substr(told, at - told));
        out.append(kHidden);
      }
      told = std::max(told, at + length);
    }
  }
  out.append(text.substr(told));
}

std::string Mask::apply(std::string_view text) const {
  std::string out;
  out.reserve(text.size());
  apply(text, out);
  return out;
}

bool Mask::finds(std::string_view text) const {
  if (forms_.empty()) return false;
  for (std::size_t at = 0; at + 1 < text.size(); ++at)
    if (begins_[pair(text, at)] && match(text, at) > 0) return true;
  return false;
}

std::size_t Mask::cut(std::string_view text, std::size_t wanted) const {
  if (forms_.empty() || wanted >= text.size()) return std::min(wanted, text.size());
  // Backwards: a secret that covers the place moves it to where that one begins.
  std::size_t place = wanted;
  const auto reach = [&] { return place > longest_ ? place - longest_ : 0; };
  for (std::size_t at = place; at-- > reach();)
    if (at + 1 < text.size() && begins_[pair(text, at)] && at + match(text, at) > place) place = at;
  return place > 0 ? place : wanted;
}

}  // namespace davit
