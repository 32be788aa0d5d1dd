// SPDX-License-Identifier: MIT
// Looking into a table that shape() has been through: a key is missing, or as the table of keys
// says.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definitions/instant.hpp"
#include "definitions/toml.hpp"

namespace davit {

// What a shaped table has under a key; the other value when it is not written.
std::string text_at(const Node&, std::string_view key, std::string_view otherwise = "");
std::optional<std::string> written_at(const Node&, std::string_view key);
int integer_at(const Node&, std::string_view key, int otherwise);
bool flag_at(const Node&, std::string_view key, bool otherwise);
std::optional<Duration> duration_at(const Node&, std::string_view key);
std::vector<std::string> texts_at(const Node&, std::string_view key);
const std::vector<Node>& items_at(const Node&, std::string_view key);
const std::vector<Member>& members_at(const Node&, std::string_view key);

// The member itself, for its place; null where there is none.
const Member* member_at(const Node&, std::string_view key);

// The value among `all` whose text() is what was written.
template <typename Word>
Word word_at(const Node& table, std::string_view key, Word otherwise,
             std::initializer_list<Word> all) {
  const Node* node = table.find(key);
  if (node == nullptr) return otherwise;
  for (const Word word : all)
    if (node->text == text(word)) return word;
  return otherwise;
}

}  // namespace davit
