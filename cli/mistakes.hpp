// SPDX-License-Identifier: MIT
// How mistakes in what people wrote are shown: for people, for CI systems, as a record.
//
//   storefront.toml:31:3: error: unknown key 'need' in environments.production
//      31 |   need = ["staging"]
//         |   ^^^^ did you mean 'needs'?
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/style.hpp"
#include "definitions/json.hpp"
#include "definitions/mistake.hpp"

namespace davit {

// The text of a file, by lines. Lines and columns count from 1, columns in characters.
class Source {
 public:
  explicit Source(std::string_view text);   // the text is not copied
  std::string_view line(int number) const;  // empty where there is none
  // Where in its line a column begins. Asked in order, a line is walked once.
  std::size_t byte(int line, int column);

 private:
  struct Position {
    int line = 0;
    int column = 1;
    std::size_t byte = 0;
  };

  Position last_;
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

using Sources = std::map<std::string, std::string_view>;  // by file name

// Every mistake with its line of source, where the source is known.
std::string mistakes_text(const std::vector<Mistake>&, const Sources&, const Style&);

// One annotation a mistake, in a form that has them.
std::string annotations(CiForm, const std::vector<Mistake>&);

Json to_json(const Mistake&);
Json to_json(const std::vector<Mistake>&);

}  // namespace davit
