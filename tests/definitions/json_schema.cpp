// SPDX-License-Identifier: MIT
#include "tests/definitions/json_schema.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <stdexcept>

#include "definitions/toml.hpp"

namespace json_schema {

namespace {

using davit::Json;

bool is_of(const std::string& type, const Json& value) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.boolean().has_value();
  if (type == "integer") return value.integer().has_value();
  if (type == "number") return value.is_number();
  throw std::runtime_error("unknown type " + type);
}

bool matches(const std::string& pattern, const std::string& text) {
  static std::map<std::string, std::regex> compiled;
  const auto found = compiled.try_emplace(pattern, pattern, std::regex::ECMAScript).first;
  return std::regex_search(text, found->second);
}

class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  bool accepts(const Json& schema, const Json& value) const {
    const auto& words = schema.members();
    return std::all_of(words.begin(), words.end(), [&](const Json::Member& word) {
      return holds(word.first, word.second, schema, value);
    });
  }

 private:
  bool holds(const std::string& word, const Json& said, const Json& schema,
             const Json& value) const {
    static const std::vector<std::string> kSilent = {"$schema", "title", "description",
                                                     "definitions"};
    if (std::count(kSilent.begin(), kSilent.end(), word) > 0) return true;
    if (word == "$ref") return accepts(*root_.at_pointer(said.string()->substr(1)), value);
    if (word == "type") return type(said, value);
    if (word == "enum") return among(said, value);
    if (word == "allOf" || word == "anyOf" || word == "oneOf") return count(word, said, value);
    if (word == "not") return !accepts(said, value);
    if (word == "minimum") return !value.is_number() || *value.number() >= *said.number();
    if (word == "maximum") return !value.is_number() || *value.number() <= *said.number();
    if (word == "pattern") return !value.is_string() || matches(*said.string(), *value.string());
    if (word == "minLength")
      return !value.is_string() ||
             value.string()->size() >= static_cast<std::size_t>(*said.integer());
    return of_container(word, said, schema, value);
  }

  bool of_container(const std::string& word, const Json& said, const Json& schema,
                    const Json& value) const {
    if (word == "items") return every_item(said, value);
    if (word == "minItems")
      return !value.is_array() || value.items().size() >= static_cast<std::size_t>(*said.integer());
    if (word == "required")
      return !value.is_object() ||
             std::all_of(said.items().begin(), said.items().end(),
                         [&](const Json& key) { return value.contains(*key.string()); });
    if (word == "properties") return properties(said, value);
    if (word == "patternProperties") return named(said, value);
    if (word == "additionalProperties") return nothing_else(schema, value);
    if (word == "dependencies") return company(said, value);
    throw std::runtime_error("unknown word " + word);
  }

  bool type(const Json& said, const Json& value) const {
    if (said.is_string()) return is_of(*said.string(), value);
    return std::any_of(said.items().begin(), said.items().end(),
                       [&](const Json& one) { return is_of(*one.string(), value); });
  }

  bool among(const Json& said, const Json& value) const {
    return std::count(said.items().begin(), said.items().end(), value) > 0;
  }

  bool count(const std::string& word, const Json& said, const Json& value) const {
    const auto good = std::count_if(said.items().begin(), said.items().end(),
                                    [&](const Json& one) { return accepts(one, value); });
    if (word == "oneOf") return good == 1;
    return word == "anyOf" ? good > 0 : good == static_cast<std::ptrdiff_t>(said.items().size());
  }

  bool every_item(const Json& said, const Json& value) const {
    return std::all_of(value.items().begin(), value.items().end(),
                       [&](const Json& item) { return accepts(said, item); });
  }

  bool properties(const Json& said, const Json& value) const {
    return std::all_of(value.members().begin(), value.members().end(), [&](const auto& member) {
      return !said.contains(member.first) || accepts(said[member.first], member.second);
    });
  }

  bool named(const Json& said, const Json& value) const {
    for (const auto& [pattern, rule] : said.members())
      for (const auto& [key, item] : value.members())
        if (matches(pattern, key) && !accepts(rule, item)) return false;
    return true;
  }

  bool nothing_else(const Json& schema, const Json& value) const {
    const auto& patterns = schema["patternProperties"].members();
    return std::all_of(value.members().begin(), value.members().end(), [&](const auto& member) {
      return schema["properties"].contains(member.first) ||
             std::any_of(patterns.begin(), patterns.end(),
                         [&](const auto& one) { return matches(one.first, member.first); });
    });
  }

  bool company(const Json& said, const Json& value) const {
    return std::all_of(said.members().begin(), said.members().end(), [&](const auto& member) {
      return !value.contains(member.first) || accepts(member.second, value);
    });
  }

  const Json& root_;
};

Json from_node(const davit::Node& node) {
  using Kind = davit::Node::Kind;
  switch (node.kind) {
    case Kind::boolean:
      return node.boolean;
    case Kind::integer:
      return node.integer;
    case Kind::real:
      return node.real;
    case Kind::array: {
      auto list = Json::array();
      for (const auto& item : node.items) list.push(from_node(item));
      return list;
    }
    case Kind::table: {
      auto object = Json::object();
      for (const auto& member : node.members) object.set(member.key, from_node(member.value));
      return object;
    }
    default:
      return node.text;
  }
}

}  // namespace

bool accepts(const Json& schema, const Json& value) {
  return Validator(schema).accepts(schema, value);
}

Json from_toml(std::string_view text) {
  davit::Notes notes("test.toml");
  const auto root = davit::parse_toml(text, notes);
  return root ? from_node(*root) : Json();
}

}  // namespace json_schema
