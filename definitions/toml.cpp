// SPDX-License-Identifier: MIT
#include "definitions/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 64
#include <toml++/toml.h>

#include "definitions/toml_text.hpp"

namespace davit {

namespace {

constexpr int kMostDots = 32;
constexpr int kLongestSlice = 4096;  // characters into a line, to find a number as written

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

Span span_of(const toml::source_region& region) {
  Span span{static_cast<int>(region.begin.line), static_cast<int>(region.begin.column), 1};
  if (region.end.line == region.begin.line && region.end.column > region.begin.column)
    span.length = static_cast<int>(region.end.column - region.begin.column);
  return span;
}

// Turns toml++'s tree into ours.
class Conversion {
 public:
  Conversion(std::string_view text, Notes& notes) : text_(text), notes_(notes) {}

  Node table(const toml::table& from, int depth) {
    Node node{.kind = Node::Kind::table, .span = span_of(from.source())};
    if (too_deep(node.span, depth)) return node;
    std::vector<std::pair<const toml::key*, const toml::node*>> written;
    written.reserve(from.size());
    for (auto&& [key, value] : from) written.emplace_back(&key, &value);
    std::sort(written.begin(), written.end(), [](const auto& a, const auto& b) {
      const auto& left = a.first->source().begin;
      const auto& right = b.first->source().begin;
      return std::tie(left.line, left.column) < std::tie(right.line, right.column);
    });
    node.members.reserve(written.size());
    for (const auto& [key, value] : written) {
      node.members.push_back(
          {std::string(key->str()), span_of(key->source()), this->value(*value, depth + 1)});
      Member& last = node.members.back();
      if (last.value.is(Node::Kind::table)) last.value.span = last.span;
    }
    return node;
  }

  bool failed() const { return failed_; }

 private:
  bool too_deep(Span span, int depth) {
    if (depth < kDeepestToml) return false;
    if (!failed_)
      notes_.add(span, "nested too deeply",
                 fmt::format("{} levels are the most davit reads", kDeepestToml));
    failed_ = true;
    return true;
  }

  Node value(const toml::node& from, int depth) {
    if (const auto* inner = from.as_table()) return table(*inner, depth);
    if (const auto* list = from.as_array()) return array(*list, depth);
    return scalar(from);
  }

  Node array(const toml::array& from, int depth) {
    Node node{.kind = Node::Kind::array, .span = span_of(from.source())};
    if (too_deep(node.span, depth)) return node;
    node.items.reserve(from.size());
    for (const toml::node& item : from) node.items.push_back(value(item, depth + 1));
    return node;
  }

  Node scalar(const toml::node& from) const {
    Node node{.kind = Node::Kind::text, .span = span_of(from.source())};
    if (const auto* words = from.as_string()) {
      node.text = words->get();
      const int width = static_cast<int>(characters(node.text));
      const auto& region = from.source();
      if (width > 0 && region.end.line == region.begin.line && node.span.length == width + 2)
        node.span = {node.span.line, node.span.column + 1, width};
    } else if (const auto* whole = from.as_integer()) {
      node.kind = Node::Kind::integer;
      node.integer = whole->get();
      node.text = std::to_string(node.integer);
    } else if (const auto* real = from.as_floating_point()) {
      node.kind = Node::Kind::real;
      node.real = real->get();
      node.text = as_written(node);
    } else if (const auto* yes = from.as_boolean()) {
      node.kind = Node::Kind::boolean;
      node.boolean = yes->get();
      node.text = node.boolean ? "true" : "false";
    } else {
      moment(from, node);
    }
    return node;
  }

  static void moment(const toml::node& from, Node& node) {
    const auto day = [](const toml::date& d) {
      return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
    };
    const auto time = [](const toml::time& t) {
      return fmt::format("{:02}:{:02}:{:02}", t.hour, t.minute, t.second);
    };
    if (const auto* only_day = from.as_date()) {
      node.kind = Node::Kind::date;
      node.text = day(only_day->get());
    } else if (const auto* only_time = from.as_time()) {
      node.kind = Node::Kind::time;
      node.text = time(only_time->get());
    } else if (const auto* both = from.as_date_time()) {
      const toml::date_time& value = both->get();
      node.kind = Node::Kind::date_time;
      node.text = day(value.date) + "T" + time(value.time);
      if (value.offset) node.text += offset(value.offset->minutes);
    }
  }

  static std::string offset(int minutes) {
    if (minutes == 0) return "Z";
    const int size = std::abs(minutes);
    return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
  }

  // 1.10 is "1.10", not "1.1": it may well be somebody's version.
  std::string as_written(const Node& node) const {
    if (node.span.column > kLongestSlice || node.span.length > kLongestSlice)
      return fmt::format("{}", node.real);
    if (lines_.empty()) find_lines();
    std::size_t at = lines_[static_cast<std::size_t>(node.span.line) - 1];
    for (int column = 1; column < node.span.column && at < text_.size(); ++at)
      if (at + 1 >= text_.size() || (static_cast<unsigned char>(text_[at + 1]) & 0xC0) != 0x80)
        ++column;
    std::string found(text_.substr(at, static_cast<std::size_t>(node.span.length)));
    std::erase(found, '_');
    return found;
  }

  void find_lines() const {
    lines_.push_back(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    for (std::size_t at = 0; at < text_.size(); ++at)
      if (text_[at] == '\n') lines_.push_back(at + 1);
    lines_.push_back(text_.size());
  }

  std::string_view text_;
  Notes& notes_;
  mutable std::vector<std::size_t> lines_;  // where each line starts; made when first needed
  bool failed_ = false;
};

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == members.end() ? nullptr : &found->value;
}

const char* text(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "a list";
    case Node::Kind::text:
      return "text";
    case Node::Kind::integer:
      return "a whole number";
    case Node::Kind::real:
      return "a number with a point";
    case Node::Kind::boolean:
      return "true or false";
    case Node::Kind::date:
      return "a date";
    case Node::Kind::time:
      return "a time of day";
    case Node::Kind::date_time:
      return "a date and time";
  }
  return "";
}

std::optional<Node> parse_toml(std::string_view text, Notes& notes) {
  const Scan found = scan(text, kMostDots);
  if (found.overlong_key) {
    notes.add(*found.overlong_key, "key has too many parts",
              fmt::format("{} dots are the most davit reads", kMostDots));
    return std::nullopt;
  }
  const toml::parse_result parsed = toml::parse(std::string_view(found.bare));
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    add_syntax_mistake(text, span_of(error.source()), error.description(), notes);
    return std::nullopt;
  }
  Conversion conversion(text, notes);
  Node root = conversion.table(parsed.table(), 0);
  if (conversion.failed()) return std::nullopt;
  return root;
}

}  // namespace davit
