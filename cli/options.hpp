// SPDX-License-Identifier: MIT
// What a command may be told, as values: the parser, the help, the man page and the completions
// all read the same declarations.
//
//   void declare(Options& o, ApproveOptions& into) {
//     o.positional("RELEASE", into.release, "NAME/NUMBER");                 // must be given
//     o.positional("ENVIRONMENT", into.environment, "…");                   // optional: may be
//     left out o.value("--note TEXT", into.note, "why"); o.value("--output,-o FILE", into.output,
//     "write it there"); o.choice("--format", {"text", "json"}, into.format, "how it is printed");
//     o.flag("--run", into.run, "and run what may then happen");
//     o.value("--wait[=TIME]", into.wait, "until it ends, or so long");     // bare: an empty value
//   }
//
// The type of what is bound decides: std::string or int must be given when positional,
// std::optional may be left out, std::vector takes any number. A Duration is read as "90s", "2h".
// The name of the value (RELEASE, ENVIRONMENT, DEFINITION, COMMAND, FILE, PATH, DIR) is how the
// shell completes it. What is bound must outlive the parsing.
#pragma once

#include <deque>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/instant.hpp"
#include "definitions/result.hpp"

namespace davit {

struct Option {
  using Store = std::function<Outcome(const std::string&)>;
  enum class Takes { nothing, a_value, perhaps_a_value };

  std::string name;        // "--note"; of a positional: "RELEASE"
  std::string short_name;  // "-o", or empty
  std::string value;       // "FILE": what its value is called
  std::string help;
  Takes takes = Takes::a_value;
  bool positional = false;
  bool required = false;             // a positional that must be given
  bool many = false;                 // may be given more than once
  std::vector<std::string> choices;  // empty: anything
  Store store;

  // "-o, --output FILE", "[ENVIRONMENT]", "PATH…": as help and usage lines write it.
  std::string written() const;
};

class Options {
 public:
  template <typename T>
  Option& positional(std::string_view name, T& into, std::string_view help) {
    return add_positional(name, help, binding(into));
  }
  // "--note TEXT", "--output,-o FILE", "--wait[=TIME]"
  template <typename T>
  Option& value(std::string_view names, T& into, std::string_view help) {
    return add_value(names, help, binding(into));
  }
  Option& flag(std::string_view names, bool& into, std::string_view help);
  Option& choice(std::string_view names, std::vector<std::string> choices, std::string& into,
                 std::string_view help);

  // One that was declared elsewhere.
  void add(Option option) { all_.push_back(std::move(option)); }

  const std::deque<Option>& all() const { return all_; }
  // By long or short name; null where there is none.
  const Option* find(std::string_view name) const;

 private:
  struct Binding {
    Option::Store store;
    bool required = false;
    bool many = false;
  };
  static Binding binding(std::string&);
  static Binding binding(std::optional<std::string>&);
  static Binding binding(std::vector<std::string>&);
  static Binding binding(int&);
  static Binding binding(std::optional<int>&);
  static Binding binding(std::optional<Duration>&);

  Option& add_positional(std::string_view name, std::string_view help, Binding);
  Option& add_value(std::string_view names, std::string_view help, Binding);

  std::deque<Option> all_;
};

// What each word of a command line is.
struct Word {
  enum class Kind { option, value, plain, unknown, mark };
  Kind kind = Kind::plain;
  std::string text;
  const Option* option = nullptr;  // of an option, and of the value behind it
};
std::vector<Word> sort_out(const Options&, const std::vector<std::string>& words);

// Stores what the words say. Errors are `misused`: an unknown option (with the one that was
// probably meant), a value that is missing, is none of the choices or can't be read, a word too
// many, a positional too few. `--help` among the words outranks them: nothing is complained of.
Outcome parse(const Options&, const std::vector<std::string>& words);

}  // namespace davit
