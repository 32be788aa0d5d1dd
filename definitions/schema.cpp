// SPDX-License-Identifier: MIT
#include "definitions/schema.hpp"

#include <array>
#include <set>

#include "definitions/keys.hpp"
#include "definitions/schema_form.hpp"

namespace davit {

namespace {

// In the order of TableKind.
constexpr std::array kNames = {
    "definition",   "retain",      "artifact",  "release_source", "github", "gitlab",
    "jenkins",      "azure",       "oci",       "triggers",       "branch", "schedule",
    "variable",     "environment", "selection", "rollout",        "phase",  "step",
    "expect",       "check",       "approval",  "window",         "gate",   "permissions",
    "permission",   "team",        "ledger",    "group",          "target", "freeze",
    "notification", "webhook",     "ssh"};
static_assert(kNames.size() == static_cast<std::size_t>(TableKind::ssh) + 1);

const char* name_of(TableKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

Json list_of(Json one) {
  auto list = Json::array();
  list.push(std::move(one));
  return list;
}

Json either(Json one, Json other) {
  auto both = list_of(std::move(one));
  both.push(std::move(other));
  return Json::object().set("anyOf", std::move(both));
}

Json requires_key(std::string_view name) { return Json::object().set("required", list_of(name)); }

// For each of these keys: it is there.
Json each_required(std::string_view separated) {
  auto list = Json::array();
  for (const auto& name : words(separated)) list.push(requires_key(name));
  return list;
}

class Writer {
 public:
  // Everything about one kind of table; the tables within it stand under "definitions".
  Json document(TableKind kind, const char* title) {
    auto out = Json::object();
    out.set("$schema", "http://json-schema.org/draft-07/schema#").set("title", title);
    const auto top = object(table(kind));
    for (const auto& [key, value] : top.members()) out.set(key, value);
    auto others = Json::object();
    while (!open_.empty()) {
      const auto next = open_.back();
      open_.pop_back();
      others.set(name_of(next), whole(table(next)));
    }
    return out.set("definitions", std::move(others));
  }

 private:
  // A table, or the value that stands for one.
  Json whole(const Table& rules) {
    if (rules.shorthand.empty()) return object(rules);
    auto out = either(value(*rules.key(rules.shorthand)), object(rules));
    return out.set("description", rules.about);
  }

  Json object(const Table& rules) {
    auto out = Json::object();
    out.set("description", rules.about).set("type", "object");
    auto properties = Json::object();
    auto required = Json::array();
    for (const auto& key : rules.keys) {
      properties.set(key.name, described(key));
      if (key.required) required.push(key.name);
    }
    out.set("properties", std::move(properties)).set("additionalProperties", false);
    return choice(
        rules, out.set_if("required", std::move(required)).set_if("dependencies", company(rules)));
  }

  // Of some keys at most one may be there, or exactly one.
  Json choice(const Table& rules, Json out) {
    if (rules.choice.empty()) return out;
    auto ways = each_required(rules.choice);
    if (!rules.choice_required)
      ways.push(
          Json::object().set("not", Json::object().set("anyOf", each_required(rules.choice))));
    return out.set("oneOf", std::move(ways));
  }

  // Keys that make sense only beside others.
  Json company(const Table& rules) {
    auto out = Json::object();
    for (const auto& key : rules.keys)
      if (!key.with.empty())
        out.set(key.name, Json::object().set("anyOf", each_required(key.with)));
    return out;
  }

  Json described(const Key& key) {
    auto out = Json::object().set("description", key.about);
    const auto rules = value(key);
    for (const auto& [name, rule] : rules.members()) out.set(name, rule);
    return out;
  }

  Json value(const Key& key) {
    if (key.many == Many::one) return one(key);
    if (key.many == Many::named)
      return Json::object()
          .set("type", "object")
          .set("patternProperties", Json::object().set(pattern_of(key.names), one(key)))
          .set("additionalProperties", false);
    auto list = Json::object().set("type", "array").set("items", one(key));
    if (key.required) list.set("minItems", 1);
    return either(one(key), std::move(list));
  }

  Json one(const Key& key) {
    if (key.form != Form::table) return schema_of_form(key);
    if (seen_.insert(key.table).second) open_.push_back(key.table);
    const auto path = std::string("#/definitions/") + name_of(key.table);
    // Beside a $ref a description would not be read.
    return Json::object().set("allOf", list_of(Json::object().set("$ref", path)));
  }

  std::set<TableKind> seen_;
  std::vector<TableKind> open_;
};

}  // namespace

Json schema_of_definition() {
  return Writer().document(TableKind::definition, "davit release definition");
}

Json schema_of_team() { return Writer().document(TableKind::team, "davit team file"); }

}  // namespace davit
