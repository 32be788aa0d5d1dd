// SPDX-License-Identifier: MIT
// The forms a single value can have: "15m" is a length of time, "Mon-Thu" are days.
//
// A form says what is well written by itself; whether what it names exists is asked elsewhere.
#pragma once

#include <string_view>

#include "definitions/result.hpp"

namespace davit {

enum class Form {
  text,          // any text, several lines too
  line,          // text on one line, not empty
  integer,       // within Key::least and Key::most
  boolean,       //
  scalar,        // text, a number, true or false; read as text
  any,           // whatever TOML can say
  word,          // one of Key::words
  name,          // is_name(): of an artifact, an environment …
  variable,      // is_variable_name(), but not davit's own DAVIT_*
  duration,      // "15m"
  share,         // "10%" of the targets, or so many: "1"
  glob,          // "build/app-*.tar.gz"
  path,          // inside the repository: relative, without ".."
  address,       // http:// or https://
  download,      // an address or file://
  sha256,        // 64 hexadecimal digits
  secret,        // "env:NAME", "file:PATH", "command:…"
  principal,     // a person, a pattern of persons, or "group:NAME"
  person,        // a person, or a pattern of persons
  host,          // [user@]host[:port]
  user,          // of a host
  zone,          // an IANA time zone
  cron,          // five fields
  days,          // "Mon-Thu", "Mon-Fri,Sun"
  time_of_day,   // "09:00"; up to "24:00"
  moment,        // a local date and time
  pointer,       // a JSON pointer, RFC 6901
  field_text,    // text with {fields}
  release_name,  // text with the {fields} of a release's name
  table,         // a table of Key::table
};

// "a length of time": what is expected, and how it is written ("\"15m\"").
std::string_view what(Form);
std::string_view example(Form);

// Whether text is well written in this form. The error has no place. Forms that are no text, and
// those with {fields}, are always fine.
Outcome check_form(Form, std::string_view text);

}  // namespace davit
