// SPDX-License-Identifier: MIT
#include "cli/mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/errors.hpp"
#include "cli/terminal_text.hpp"
#include "cli/utf8.hpp"

namespace davit {

namespace {

constexpr std::size_t kWindow = 96;  // characters of a long line that are shown

std::size_t forward(std::string_view line, std::size_t byte) {
  const auto character = first_character(line.substr(byte));
  return byte + (character ? character->bytes : 1);
}

// The byte so many characters behind `byte`, or the end of the line.
std::size_t forward(std::string_view line, std::size_t byte, std::size_t characters) {
  for (; characters > 0 && byte < line.size(); --characters) byte = forward(line, byte);
  return byte;
}

std::size_t back(std::string_view line, std::size_t byte, std::size_t characters) {
  for (; characters > 0 && byte > 0; --characters) {
    --byte;
    while (byte > 0 && (static_cast<unsigned char>(line[byte]) & 0xc0U) == 0x80U) --byte;
  }
  return byte;
}

// The part of a line that is shown, and where in it the mistake stands.
struct Excerpt {
  std::string before, meant, after;
};

Excerpt excerpt(std::string_view line, std::size_t start, const Mistake& mistake) {
  const auto length = static_cast<std::size_t>(std::max(mistake.length, 1));
  const std::size_t end = forward(line, start, std::min(length, kWindow));
  const bool fits = end <= kWindow;
  const std::size_t first = fits ? 0 : back(line, start, kWindow / 4);
  const std::size_t last = std::max(end, forward(line, first, kWindow));
  return {.before = (first > 0 ? "…" : "") + terminal_line(line.substr(first, start - first)),
          .meant = terminal_line(line.substr(start, end - start)),
          .after = terminal_line(line.substr(end, last - end)) + (last < line.size() ? "…" : "")};
}

std::string shown(const Mistake& mistake, Source& source, const Style& style) {
  const Place& place = mistake.place;
  const Excerpt part =
      excerpt(source.line(place.line), source.byte(place.line, place.column), mistake);
  const auto blank = static_cast<std::size_t>(columns(part.before));
  const auto under = static_cast<std::size_t>(std::max(columns(part.meant), 1));
  const std::string hint = mistake.hint.empty() ? "" : " " + terminal_line(mistake.hint);
  return fmt::format("{:>5} | {}{}{}\n      | {}{}{}\n", mistake.place.line, part.before,
                     part.meant, part.after, std::string(blank, ' '),
                     style.failed(std::string(under, '^')), hint);
}

std::string heading(const Mistake& mistake, const Style& style) {
  return fmt::format("{}: {} {}\n", terminal_line(text(mistake.place)), style.failed("error:"),
                     terminal_line(mistake.message));
}

}  // namespace

Source::Source(std::string_view text) : text_(text), starts_{0} {
  if (text.starts_with("\xef\xbb\xbf")) starts_.front() = 3;  // a byte order mark
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end))
    starts_.push_back(++end);
}

std::string_view Source::line(int number) const {
  const auto index = static_cast<std::size_t>(number - 1);
  if (number < 1 || index >= starts_.size()) return {};
  std::string_view line = text_.substr(starts_[index]);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t Source::byte(int number, int column) {
  const std::string_view text = line(number);
  if (number != last_.line || column < last_.column) last_ = {.line = number};
  const auto further = static_cast<std::size_t>(std::max(column - last_.column, 0));
  last_.byte = forward(text, last_.byte, further);
  last_.column = std::max(column, 1);
  return last_.byte;
}

std::string mistakes_text(const std::vector<Mistake>& mistakes, const Sources& sources,
                          const Style& style) {
  std::map<std::string, Source> opened;
  std::string text;
  for (const Mistake& mistake : mistakes) {
    text += heading(mistake, style);
    const auto source = sources.find(mistake.place.file);
    const bool shows = source != sources.end() && mistake.place.line > 0;
    if (shows) {
      Source& open = opened.try_emplace(source->first, source->second).first->second;
      text += shown(mistake, open, style);
    } else if (!mistake.hint.empty()) {
      text += fmt::format("  {}\n", terminal_line(mistake.hint));
    }
  }
  return text;
}

std::string annotations(CiForm form, const std::vector<Mistake>& mistakes) {
  std::string out;
  for (const Mistake& mistake : mistakes) {
    const std::string hint = mistake.hint.empty() ? "" : "\n" + mistake.hint;
    out += annotation(form, {true, mistake.place, mistake.message + hint});
  }
  return out;
}

Json to_json(const Mistake& mistake) {
  Json json = to_json(mistake.place);
  json.set("length", mistake.length).set("message", mistake.message);
  return json.set_if("hint", mistake.hint);
}

Json to_json(const std::vector<Mistake>& mistakes) {
  Json json = Json::array();
  for (const Mistake& mistake : mistakes) json.push(to_json(mistake));
  return json;
}

}  // namespace davit
