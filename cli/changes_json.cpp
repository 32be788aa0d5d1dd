// SPDX-License-Identifier: MIT
// What a deployment changes, as a member of a record.
#include "cli/changes_words.hpp"

namespace davit {

namespace {

Json json_list(const std::vector<std::string>& list) {
  return Json(Json::Array(list.begin(), list.end()));
}

Json json(const Commit& commit) {
  return Json::object()
      .set("id", commit.id)
      .set("author", commit.author)
      .set("email", commit.email)
      .set("at", commit.at)
      .set("summary", commit.summary);
}

Json json(const std::optional<ArtifactPin>& pin) {
  if (!pin) return {};
  return Json::object()
      .set_if("version", pin->version)
      .set("source", pin->source)
      .set("sha256", pin->digest.hex)
      .set("size", pin->size);
}

// Of a secret only where it is asked for.
Json json(const std::optional<PlannedValue>& value) {
  if (!value) return {};
  if (value->secret) return Json::object().set("secret", text(*value->secret));
  return value->value;
}

template <typename Change>
Json json(const Change& change) {
  Json out = Json::object().set("name", change.name);
  if (change.before) out.set("before", json(change.before));
  if (change.after) out.set("after", json(change.after));
  return out;
}

Json json(const Difference& difference) {
  Json out = Json::object()
                 .set("path", json_list(difference.path))
                 .set("change", difference.moved              ? "moved"
                                : difference.before.is_null() ? "added"
                                : difference.after.is_null()  ? "removed"
                                                              : "changed");
  if (!difference.before.is_null()) out.set("before", difference.before);
  if (!difference.after.is_null()) out.set("after", difference.after);
  return out;
}

template <typename T>
Json json_list(const std::vector<T>& list) {
  Json out = Json::array();
  for (const T& one : list) out.push(json(one));
  return out;
}

}  // namespace

Json to_json(const Changes& changes) {
  Json out = Json::object();
  if (changes.from) out.set("from", text(ReleaseId{changes.definition, *changes.from}));
  return out.set("to", text(ReleaseId{changes.definition, changes.to}))
      .set("commits", json_list(changes.commits))
      .set("lost", json_list(changes.lost))
      .set("artifacts", json_list(changes.artifacts))
      .set("variables", json_list(changes.variables))
      .set("definition", json_list(changes.differences))
      .set("irreversible", json_list(changes.irreversible))
      .set_if("todays_steps", changes.todays_steps)
      .set_if("unknown", json_list(changes.unknown));
}

}  // namespace davit
