// SPDX-License-Identifier: MIT
#include "definitions/shape.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "definitions/form_text.hpp"

namespace davit {

namespace {

// The way from the top of the document down to a table, made into text only for a mistake.
struct Trail {
  const Trail* up = nullptr;
  std::string_view name = {};

  std::string text() const {
    if (up == nullptr) return "";
    const std::string above = up->text();
    return above.empty() ? shown(name) : fmt::format("{}.{}", above, shown(name));
  }
  // " in environments.production"; nothing at the top.
  std::string where() const { return up == nullptr ? "" : " in " + text(); }
};

bool has_word(std::string_view separated, std::string_view word) {
  while (!separated.empty()) {
    const auto end = separated.find(' ');
    if (separated.substr(0, end) == word) return true;
    if (end == std::string_view::npos) return false;
    separated.remove_prefix(end + 1);
  }
  return false;
}

// "'a', 'b' or 'c'"
std::string either(std::string_view separated) {
  const auto all = words(separated);
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) out += i + 1 == all.size() ? " or " : ", ";
    out += fmt::format("'{}'", all[i]);
  }
  return out;
}

std::vector<std::string> names(std::span<const Key> keys) {
  std::vector<std::string> out;
  for (const Key& key : keys) out.emplace_back(key.name);
  return out;
}

bool is_known(TableKind kind, std::string_view key) { return table(kind).key(key) != nullptr; }

constexpr std::size_t kMostNamed = 12;  // keys, in a hint

// What of a table's keys is written, also where the value is wrong, or the name nearly right.
struct Written {
  struct One {
    std::string_view key;
    Span span;
  };
  std::vector<One> keys;

  bool has(std::string_view key) const {
    return std::any_of(keys.begin(), keys.end(), [&](const One& one) { return one.key == key; });
  }
  bool has_any(std::string_view separated) const {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const One& one) { return has_word(separated, one.key); });
  }
};

template <typename Thing, typename Keep>
void keep_if(std::vector<Thing>& things, Keep keep) {
  auto kept = things.begin();
  for (auto thing = things.begin(); thing != things.end(); ++thing) {
    if (!keep(*thing)) continue;
    if (kept != thing) *kept = std::move(*thing);
    ++kept;
  }
  things.erase(kept, things.end());
}

// Keys that are known, but of another kind of table.
std::string_view elsewhere(TableKind kind, std::string_view key) {
  if (kind == TableKind::definition && is_known(TableKind::team, key))
    return "it belongs in .davit/team.toml";
  if (kind == TableKind::team && is_known(TableKind::definition, key))
    return "it belongs in .davit/definitions/NAME.toml";
  if (kind == TableKind::environment && is_known(TableKind::step, key))
    return "it belongs in a step: [[environments.NAME.steps]]";
  if (kind == TableKind::approval && is_known(TableKind::check, key))
    return "it belongs beside 'approval', not in it";
  if (kind == TableKind::check && is_known(TableKind::approval, key))
    return "it belongs in the braces of 'approval'";
  return "";
}

class Shaper {
 public:
  explicit Shaper(Notes& notes) : notes_(notes) {}

  // A value in place of a table has been made into one before.
  void table(Node& node, TableKind kind, const Trail& trail) {
    const Table& rules = davit::table(kind);
    Written written;
    written.keys.reserve(node.members.size());
    keep_if(node.members, [&](Member& member) {
      const Key* key = rules.key(member.key);
      if (key == nullptr) {
        unknown(member, kind, trail, written);
        return false;
      }
      written.keys.push_back({key->name, member.span});
      return value(member.value, *key, {&trail, member.key});
    });
    company(rules, written, trail);
    choice(rules, written, node.span, trail);
    for (const Key& key : rules.keys)
      if (key.required && !written.has(key.name))
        notes_.add(node.span, fmt::format("'{}' is missing{}", key.name, trail.where()),
                   std::string(key.about));
  }

 private:
  void unknown(const Member& member, TableKind kind, const Trail& trail, Written& written) {
    const Table& rules = davit::table(kind);
    std::string hint(elsewhere(kind, member.key));
    const std::string meant = hint.empty() ? notes_.meant(member.key, names(rules.keys)) : "";
    if (const Key* key = rules.key(meant)) {
      written.keys.push_back({key->name, member.span});
      hint = fmt::format("did you mean '{}'?", meant);
    } else if (hint.empty() && rules.keys.size() <= kMostNamed && notes_.hints()) {
      hint = fmt::format("known keys: {}", fmt::join(names(rules.keys), ", "));
    }
    notes_.add(member.span, fmt::format("unknown key '{}'{}", shown(member.key), trail.where()),
               std::move(hint));
  }

  // Keys that make sense only beside others.
  void company(const Table& rules, const Written& written, const Trail& trail) {
    for (const auto& [name, span] : written.keys) {
      const Key* key = rules.key(name);
      if (key->with.empty() || written.has_any(key->with)) continue;
      notes_.add(span, fmt::format("'{}' makes no sense here{}", name, trail.where()),
                 fmt::format("it goes with {}", either(key->with)));
    }
  }

  void choice(const Table& rules, const Written& written, Span whole, const Trail& trail) {
    const Written::One* first = nullptr;
    for (const Written::One& one : written.keys) {
      if (!has_word(rules.choice, one.key)) continue;
      if (first != nullptr)
        notes_.add(
            one.span,
            fmt::format("'{}' and '{}' can't stand together{}", first->key, one.key, trail.where()),
            "write one of them");
      if (first == nullptr) first = &one;
    }
    if (first == nullptr && rules.choice_required)
      notes_.add(whole, fmt::format("nothing says what it is{}", trail.where()),
                 fmt::format("write one of {}", either(rules.choice)));
  }

  // Whether the value fits its key; otherwise it is noted.
  bool value(Node& node, const Key& key, const Trail& trail) {
    if (key.many == Many::named) return named(node, key, trail);
    if (key.many == Many::one) return one(node, key, trail);
    if (!node.is(Node::Kind::array)) {
      Node list{.kind = Node::Kind::array, .span = node.span};
      list.items.push_back(std::move(node));
      node = std::move(list);
    }
    if (key.required && node.items.empty()) {
      notes_.add(node.span, fmt::format("'{}' is empty", shown(trail.name)),
                 std::string(key.about));
      return false;
    }
    keep_if(node.items, [&](Node& item) { return one(item, key, trail); });
    return true;
  }

  bool named(Node& node, const Key& key, const Trail& trail) {
    if (!node.is(Node::Kind::table)) return wrong(node, key, trail, "a table");
    keep_if(node.members, [&](Member& member) {
      const Outcome name = check_form(key.names, member.key);
      if (!name.has_value()) notes_.add(member.span, name.error().message, name.error().hint);
      return name.has_value() && one(member.value, key, {&trail, member.key});
    });
    return true;
  }

  bool one(Node& node, const Key& key, const Trail& trail) {
    switch (key.form) {
      case Form::table:
        return subtable(node, key, trail);
      case Form::any:
        return true;
      case Form::boolean:
        return node.is(Node::Kind::boolean) || wrong(node, key, trail, what(key.form));
      case Form::integer:
        return integer(node, key, trail);
      case Form::moment:
        return moment(node, key, trail);
      case Form::scalar:
        if (node.is(Node::Kind::table) || node.is(Node::Kind::array))
          return wrong(node, key, trail, what(key.form));
        return good(Form::scalar, node);
      default:
        return text(node, key, trail);
    }
  }

  bool subtable(Node& node, const Key& key, const Trail& trail) {
    const Table& rules = davit::table(key.table);
    if (!node.is(Node::Kind::table)) {
      if (rules.shorthand.empty()) return wrong(node, key, trail, "a table");
      if (!value(node, *rules.key(rules.shorthand), trail)) return false;
      Node made{.kind = Node::Kind::table, .span = node.span};
      made.members.push_back({std::string(rules.shorthand), node.span, std::move(node)});
      node = std::move(made);
      return true;
    }
    table(node, key.table, trail);
    return true;
  }

  bool integer(const Node& node, const Key& key, const Trail& trail) {
    if (!node.is(Node::Kind::integer)) return wrong(node, key, trail, what(key.form));
    if (node.integer >= key.least && node.integer <= key.most) return true;
    notes_.add(node.span, fmt::format("'{}' can't be {}", trail.name, node.integer),
               fmt::format("a whole number from {} to {}", key.least, key.most));
    return false;
  }

  bool moment(Node& node, const Key& key, const Trail& trail) {
    if (node.is(Node::Kind::date)) node.text += "T00:00:00";
    if (!node.is(Node::Kind::date) && !node.is(Node::Kind::date_time))
      return wrong(node, key, trail, what(key.form));
    constexpr std::size_t kLocal = 19;  // 2026-12-18T17:00:00
    if (node.text.size() == kLocal) return true;
    notes_.add(node.span, fmt::format("'{}' says how far it is from UTC", trail.name),
               "leave that out: the time is that of 'zone'");
    return false;
  }

  bool text(Node& node, const Key& key, const Trail& trail) {
    if (key.form == Form::share && node.is(Node::Kind::integer)) node.kind = Node::Kind::text;
    if (key.form == Form::time_of_day && node.is(Node::Kind::time)) {
      node.kind = Node::Kind::text;
      if (node.text.ends_with(":00")) node.text.resize(node.text.size() - 3);
    }
    if (!node.is(Node::Kind::text)) return wrong(node, key, trail, what(key.form));
    if (key.form == Form::word) return word(node, key, trail);
    return good(key.form, node);
  }

  bool word(const Node& node, const Key& key, const Trail& trail) {
    if (has_word(key.words, node.text)) return true;
    std::string hint = notes_.did_you_mean(node.text, words(key.words));
    if (hint.empty()) hint = "write " + either(key.words);
    notes_.add(node.span, fmt::format("'{}' can't be '{}'", trail.name, shown(node.text)),
               std::move(hint));
    return false;
  }

  bool good(Form form, Node& node) {
    const Outcome outcome = check_form(form, node.text);
    if (outcome.has_value()) return true;
    notes_.add(node.span, outcome.error().message, outcome.error().hint);
    return false;
  }

  bool wrong(const Node& node, const Key& key, const Trail& trail, std::string_view expected) {
    notes_.add(
        node.span,
        fmt::format("'{}' must be {}, not {}", shown(trail.name), expected, davit::text(node.kind)),
        key.many == Many::named || key.form == Form::table
            ? ""
            : fmt::format("for example {}", example(key.form)));
    return false;
  }

  Notes& notes_;
};

}  // namespace

void shape(Node& document, TableKind kind, Notes& notes) {
  Shaper(notes).table(document, kind, Trail{});
}

}  // namespace davit
