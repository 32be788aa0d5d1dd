// SPDX-License-Identifier: MIT
#include "definitions/form.hpp"

#include <fmt/format.h>

#include <array>

#include "definitions/cron.hpp"
#include "definitions/form_text.hpp"
#include "definitions/instant.hpp"
#include "definitions/name.hpp"
#include "definitions/week.hpp"
#include "definitions/zone.hpp"

namespace davit {

namespace {

struct Words {
  std::string_view what, example;
};

// In the order of Form.
constexpr std::array kWords = {
    Words{"text", "\"some text\""},
    Words{"text on one line", "\"some text\""},
    Words{"a whole number", "3"},
    Words{"true or false", "true"},
    Words{"text, a number, true or false", "\"some text\""},
    Words{"a value", "\"some text\""},
    Words{"a word", "\"word\""},
    Words{"a name", "\"web-1\""},
    Words{"the name of a variable", "\"LOG_LEVEL\""},
    Words{"a length of time", "\"90s\", \"15m\", \"2h\" or \"7d\""},
    Words{"a number of targets, or a share of them", "\"1\" or \"25%\""},
    Words{"a pattern", "\"build/app-*.tar.gz\""},
    Words{"a path inside the repository", "\"db/migrations\""},
    Words{"an address", "\"https://example.com/\""},
    Words{"an address", "\"https://example.com/app.tar.gz\""},
    Words{"a SHA-256", "64 hexadecimal digits"},
    Words{"the source of a secret", "\"env:NAME\", \"file:PATH\" or \"command:pass show db\""},
    Words{"a person or a group", "\"alice@example.com\" or \"group:developers\""},
    Words{"a person", "\"alice@example.com\" or \"*@example.com\""},
    Words{"a host", "\"deploy@web1.example.com:2222\""},
    Words{"a user", "\"deploy\""},
    Words{"a time zone", "\"Europe/Berlin\" or \"UTC\""},
    Words{"a schedule", "\"0 3 * * 1-5\""},
    Words{"days of the week", "\"Mon-Thu\" or \"Mon,Wed,Fri\""},
    Words{"a time of day", "\"09:00\""},
    Words{"a date and time", "2026-12-18T17:00:00"},
    Words{"a JSON pointer", "\"/status/count\""},
    Words{"text", "\"/srv/app/releases/{release}\""},
    Words{"text", "\"{date:%Y.%m.%d}-{rev}\""},
    Words{"a table", "{ key = \"value\" }"},
};
static_assert(kWords.size() == static_cast<std::size_t>(Form::table) + 1);

const Words& words_of(Form form) { return kWords[static_cast<std::size_t>(form)]; }

Outcome verdict(bool good, Form form, std::string_view text) {
  if (good) return Done{};
  return Error{fmt::format("'{}' is not {}", shown(text), what(form)),
               fmt::format("for example {}", example(form))};
}

Outcome check_name(std::string_view text) {
  if (is_name(text)) return Done{};
  return Error{fmt::format("'{}' can't be a name", shown(text)),
               "names are lower-case letters, digits, '.', '_' and '-', at most 63 of them"};
}

Outcome check_variable(std::string_view text) {
  if (!is_variable_name(text))
    return Error{fmt::format("'{}' can't be the name of a variable", shown(text)),
                 "letters, digits and '_', not starting with a digit"};
  if (text.starts_with("DAVIT_"))
    return Error{fmt::format("'{}' is davit's own", shown(text)),
                 "names that start with DAVIT_ are set by davit itself"};
  return Done{};
}

// What is no source may be the secret itself: it is never repeated.
Outcome check_secret(std::string_view text) {
  if (parse_secret(text)) return Done{};
  return Error{"this does not say where a secret is found",
               fmt::format("{}; the secret itself never stands in a file", example(Form::secret))};
}

Outcome check_zone(std::string_view text) {
  if (zone_exists(text)) return Done{};
  return Error{fmt::format("there is no time zone '{}'", shown(text)),
               "an IANA name, for example \"Europe/Berlin\" or \"UTC\""};
}

template <typename T>
Outcome without_value(const Result<T>& result) {
  if (result.has_value()) return Done{};
  return result.error();
}

// Forms that are one yes or no.
bool well_formed(Form form, std::string_view text) {
  switch (form) {
    case Form::line:
      return is_line(text);
    case Form::share:
      return parse_share(text).has_value();
    case Form::glob:
      return is_glob(text);
    case Form::path:
      return is_inner_path(text);
    case Form::address:
      return is_web_address(text);
    case Form::download:
      return is_web_address(text) || text.starts_with("file:///");
    case Form::sha256:
      return is_sha256(text);
    case Form::principal:
      return is_principal(text);
    case Form::person:
      return is_person(text);
    case Form::host:
      return parse_host(text).has_value();
    case Form::user:
      return is_user(text);
    case Form::days:
      return parse_weekdays(text).has_value();
    case Form::time_of_day:
      return parse_time_of_day(text).has_value();
    case Form::pointer:
      return is_json_pointer(text);
    default:
      return true;
  }
}

}  // namespace

std::string_view what(Form form) { return words_of(form).what; }
std::string_view example(Form form) { return words_of(form).example; }

Outcome check_form(Form form, std::string_view text) {
  if (text.find('\0') != std::string_view::npos)
    return Error{"text with a NUL byte", "no program could be given it"};
  switch (form) {
    case Form::name:
      return check_name(text);
    case Form::variable:
      return check_variable(text);
    case Form::duration:
      return without_value(parse_duration(text));
    case Form::cron:
      return without_value(parse_cron(text));
    case Form::zone:
      return check_zone(text);
    case Form::secret:
      return check_secret(text);
    default:
      return verdict(well_formed(form, text), form, text);
  }
}

}  // namespace davit
