// SPDX-License-Identifier: MIT
#include "definitions/schema_form.hpp"

#include <algorithm>
#include <array>

namespace davit {

namespace {

Json text_like(std::string_view pattern) {
  return Json::object().set("type", "string").set("pattern", pattern);
}

Json one_of_words(std::string_view separated) {
  auto allowed = Json::array();
  for (auto& word : words(separated)) allowed.push(std::move(word));
  return Json::object().set("enum", std::move(allowed));
}

Json types(std::initializer_list<const char*> names) {
  auto list = Json::array();
  for (const char* name : names) list.push(name);
  return Json::object().set("type", std::move(list));
}

Json whole_number(std::int64_t least, std::int64_t most) {
  return Json::object().set("type", "integer").set("minimum", least).set("maximum", most);
}

struct Pattern {
  Form form;
  std::string_view text;
};

// Without looking ahead, which the validators of some editors can't do; so a name may end in
// ".lock" here.
constexpr std::array kPatterns = {
    Pattern{Form::name, "^[a-z0-9](\\.?[a-z0-9_-]){0,62}$"},
    Pattern{Form::variable, "^[A-Za-z_][A-Za-z0-9_]*$"},
    Pattern{Form::duration, "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"},
    Pattern{Form::share, "^([0-9]+|(100|[0-9]?[0-9])%)$"},
    Pattern{Form::path, "^[^/\\\\][^\\\\]*$"},
    Pattern{Form::address, "^https?://[^/:?# ][^ ]*$"},
    Pattern{Form::download, "^(https?://[^/:?# ][^ ]*|file:///.*)$"},
    Pattern{Form::sha256, "^[0-9a-fA-F]{64}$"},
    Pattern{Form::secret, "^(env:[A-Za-z_][A-Za-z0-9_]*|(file|command):(.|\\n)+)$"},
    Pattern{Form::principal, "^(group:[a-z0-9](\\.?[a-z0-9_-]){0,62}|\\*|[^@ ]+@[^@ ]+)$"},
    Pattern{Form::person, "^(\\*|[^@ ]+@[^@ ]+)$"},
    Pattern{Form::user, "^[A-Za-z0-9._+$][A-Za-z0-9._+$-]*$"},
    Pattern{Form::host,
            "^([A-Za-z0-9._+$][A-Za-z0-9._+$-]*@)?"
            "([A-Za-z0-9._][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?$"},
    Pattern{Form::zone, "^[A-Za-z][A-Za-z0-9_+/-]*$"},
    Pattern{Form::cron, "^[ \\t]*[^ \\t]+([ \\t]+[^ \\t]+){4}[ \\t]*$"},
    Pattern{Form::days, "^[A-Za-z ]+([,-][A-Za-z ]+)*$"},
    Pattern{Form::time_of_day, "^([01][0-9]|2[0-4]):[0-5][0-9](:00)?$"},
    Pattern{Form::moment,
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?$"},
    Pattern{Form::pointer, "^(/([^~/]|~[01])*)*$"},
};

// Text on one line, not empty.
constexpr std::string_view kLine = "^[^\\u0000-\\u001f\\u007f]+$";

}  // namespace

std::string_view pattern_of(Form form) {
  const auto found = std::find_if(kPatterns.begin(), kPatterns.end(),
                                  [form](const Pattern& one) { return one.form == form; });
  return found == kPatterns.end() ? kLine : found->text;
}

Json schema_of_form(const Key& key) {
  switch (key.form) {
    case Form::any:
      return Json::object();
    case Form::text:
    case Form::field_text:
    case Form::release_name:
      return Json::object().set("type", "string");
    case Form::boolean:
      return Json::object().set("type", "boolean");
    case Form::scalar:
      return types({"string", "number", "boolean"});
    case Form::integer:
      return whole_number(key.least, key.most);
    case Form::word:
      return one_of_words(key.words);
    case Form::share:
      return types({"string", "integer"}).set("pattern", pattern_of(key.form)).set("minimum", 0);
    case Form::duration:
      return text_like(pattern_of(key.form)).set("minLength", 1);
    default:
      return text_like(pattern_of(key.form));
  }
}

}  // namespace davit
