// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <fmt/core.h>

#include <charconv>

namespace davit {

namespace {

Result<int> parse_int(const std::string& word) {
  int number = 0;
  const char* end = word.data() + word.size();
  const auto [stop, trouble] = std::from_chars(word.data(), end, number);
  if (trouble != std::errc() || stop != end || word.empty())
    return Error{fmt::format("'{}' is not a whole number", word), {}, {}, Failure::misused};
  return number;
}

// Takes "--output,-o FILE" or "--wait[=TIME]" apart.
Option named(std::string_view names, std::string_view help) {
  Option option{.help = std::string(help)};
  const std::size_t end = names.find_first_of(" [");
  std::string_view name = names.substr(0, end);
  if (end != std::string_view::npos) option.value = names.substr(end + 1);
  if (option.value.starts_with('=')) {
    option.value = option.value.substr(1, option.value.size() - 2);
    option.takes = Option::Takes::perhaps_a_value;
  }
  const std::size_t comma = name.find(',');
  option.name = name.substr(0, comma);
  if (comma != std::string_view::npos) option.short_name = name.substr(comma + 1);
  return option;
}

}  // namespace

std::string Option::written() const {
  if (positional) {
    const bool several = name.find(' ') != std::string::npos;
    const std::string word = many && !several ? name + "…" : name;
    return required ? word : "[" + word + "]";
  }
  std::string out = short_name.empty() ? name : short_name + ", " + name;
  if (takes == Takes::a_value) out += " " + value;
  if (takes == Takes::perhaps_a_value) out += "[=" + value + "]";
  return out;
}

Options::Binding Options::binding(std::string& into) {
  return {.store = [&into](const std::string& word) -> Outcome { return into = word, Done{}; },
          .required = true};
}

Options::Binding Options::binding(std::optional<std::string>& into) {
  return {.store = [&into](const std::string& word) -> Outcome { return into = word, Done{}; }};
}

Options::Binding Options::binding(std::vector<std::string>& into) {
  return {
      .store = [&into](const std::string& word) -> Outcome { return into.push_back(word), Done{}; },
      .many = true};
}

Options::Binding Options::binding(int& into) {
  return {.store = [&into](const std::string& word) -> Outcome {
            DAVIT_TRY(into, parse_int(word));
            return Done{};
          },
          .required = true};
}

Options::Binding Options::binding(std::optional<int>& into) {
  return {.store = [&into](const std::string& word) -> Outcome {
    DAVIT_TRY(into, parse_int(word));
    return Done{};
  }};
}

Options::Binding Options::binding(std::optional<Duration>& into) {
  return {.store = [&into](const std::string& word) -> Outcome {
    DAVIT_TRY(into, parse_duration(word));
    return Done{};
  }};
}

Option& Options::add_positional(std::string_view name, std::string_view help, Binding bound) {
  Option option{.name = std::string(name), .value = std::string(name), .help = std::string(help)};
  option.positional = true;
  option.required = bound.required;
  option.many = bound.many;
  option.store = std::move(bound.store);
  return all_.emplace_back(std::move(option));
}

Option& Options::add_value(std::string_view names, std::string_view help, Binding bound) {
  Option option = named(names, help);
  option.many = bound.many;
  option.store = std::move(bound.store);
  return all_.emplace_back(std::move(option));
}

Option& Options::flag(std::string_view names, bool& into, std::string_view help) {
  Option option = named(names, help);
  option.takes = Option::Takes::nothing;
  option.store = [&into](const std::string& word) -> Outcome {
    return into = word != "false", Done{};
  };
  return all_.emplace_back(std::move(option));
}

Option& Options::choice(std::string_view names, std::vector<std::string> choices, std::string& into,
                        std::string_view help) {
  Option& option = add_value(names, help, binding(into));
  option.choices = std::move(choices);
  if (option.value.empty())
    for (const std::string& choice : option.choices)
      option.value += (option.value.empty() ? "" : "|") + choice;
  return option;
}

const Option* Options::find(std::string_view name) const {
  for (const Option& option : all_)
    if (!option.positional && !name.empty() && (option.name == name || option.short_name == name))
      return &option;
  return nullptr;
}

}  // namespace davit
