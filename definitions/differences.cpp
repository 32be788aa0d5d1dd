// SPDX-License-Identifier: MIT
#include "definitions/differences.hpp"

#include <algorithm>

#include "definitions/toml.hpp"

namespace davit {

namespace {

using Path = std::vector<std::string>;

Path below(Path path, const std::string& key) {
  path.push_back(key);
  return path;
}

// A list of nothing but tables, or none at all.
bool only_tables(const Json& list) {
  const auto& items = list.items();
  return list.is_null() ||
         (list.is_array() && std::all_of(items.begin(), items.end(),
                                         [](const Json& item) { return item.is_object(); }));
}

bool lists_tables(const Json& before, const Json& after) {
  const bool any = !before.items().empty() || !after.items().empty();
  return any && only_tables(before) && only_tables(after);
}

// What a table in a list is called: its name, what a step does, or the rule that a check is.
std::string label(const Json& table) {
  for (const char* key : {"name", "run", "upload", "link", "http", "wait", "manual", "task"})
    if (const auto* text = table[key].string()) return text->substr(0, text->find('\n'));
  return table.members().empty() ? "" : table.members().front().first;
}

// Those of a list; the second of one name is "approval (2)".
std::vector<std::string> labels(const Json& list) {
  std::vector<std::string> out, plain;
  for (const auto& item : list.items()) {
    plain.push_back(label(item));
    const auto same = std::count(plain.begin(), plain.end(), plain.back());
    out.push_back(plain.back() + (same > 1 ? " (" + std::to_string(same) + ")" : ""));
  }
  return out;
}

class Comparison {
 public:
  void compare(const Path& path, const Json& before, const Json& after) {
    if (before == after) return;
    if (before.is_object() && after.is_object()) return members(path, before, after);
    if (lists_tables(before, after)) return tables(path, before, after);
    found_.push_back({path, before, after, false});
  }

  std::vector<Difference> take() { return std::move(found_); }

 private:
  void members(const Path& path, const Json& before, const Json& after) {
    for (const auto& [key, value] : before.members()) compare(below(path, key), value, after[key]);
    for (const auto& [key, value] : after.members())
      if (!before.contains(key)) compare(below(path, key), {}, value);
  }

  void tables(const Path& path, const Json& before, const Json& after) {
    const auto had = labels(before), has = labels(after);
    const auto place = [](const std::vector<std::string>& in, const std::string& name) {
      return static_cast<std::size_t>(std::find(in.begin(), in.end(), name) - in.begin());
    };
    Json::Array order_before, order_after;
    for (std::size_t i = 0; i < had.size(); ++i) {
      const auto now = place(has, had[i]);
      if (now < has.size()) order_before.emplace_back(had[i]);
      compare(below(path, had[i]), before.items()[i],
              now < has.size() ? after.items()[now] : Json());
    }
    for (std::size_t i = 0; i < has.size(); ++i) {
      if (place(had, has[i]) < had.size())
        order_after.emplace_back(has[i]);
      else
        compare(below(path, has[i]), {}, after.items()[i]);
    }
    if (order_before != order_after) found_.push_back({path, order_before, order_after, true});
  }

  std::vector<Difference> found_;
};

Json values(const Node& node) {
  switch (node.kind) {
    case Node::Kind::table: {
      Json table = Json::object();
      for (const auto& member : node.members) table.set(member.key, values(member.value));
      return table;
    }
    case Node::Kind::array: {
      Json list = Json::array();
      for (const auto& item : node.items) list.push(values(item));
      return list;
    }
    case Node::Kind::integer:
      return node.integer;
    case Node::Kind::real:
      return node.real;
    case Node::Kind::boolean:
      return node.boolean;
    default:
      return node.text;
  }
}

}  // namespace

std::vector<Difference> differences(const Json& before, const Json& after) {
  Comparison comparison;
  comparison.compare({}, before, after);
  return comparison.take();
}

Json toml_values(std::string_view toml) {
  Notes notes("");
  const auto node = parse_toml(toml, notes);
  return node ? values(*node) : Json();
}

}  // namespace davit
