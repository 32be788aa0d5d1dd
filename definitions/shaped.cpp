// SPDX-License-Identifier: MIT
#include "definitions/shaped.hpp"

#include <algorithm>

namespace davit {

const Member* member_at(const Node& table, std::string_view key) {
  const auto found = std::find_if(table.members.begin(), table.members.end(),
                                  [&](const Member& member) { return member.key == key; });
  return found == table.members.end() ? nullptr : &*found;
}

std::string text_at(const Node& table, std::string_view key, std::string_view otherwise) {
  const Node* node = table.find(key);
  return node == nullptr ? std::string(otherwise) : node->text;
}

std::optional<std::string> written_at(const Node& table, std::string_view key) {
  const Node* node = table.find(key);
  return node == nullptr ? std::nullopt : std::optional<std::string>(node->text);
}

int integer_at(const Node& table, std::string_view key, int otherwise) {
  const Node* node = table.find(key);
  return node == nullptr ? otherwise : static_cast<int>(node->integer);
}

bool flag_at(const Node& table, std::string_view key, bool otherwise) {
  const Node* node = table.find(key);
  return node == nullptr ? otherwise : node->boolean;
}

std::optional<Duration> duration_at(const Node& table, std::string_view key) {
  const Node* node = table.find(key);
  if (node == nullptr) return std::nullopt;
  auto length = parse_duration(node->text);
  return length.has_value() ? std::optional<Duration>(*length) : std::nullopt;
}

std::vector<std::string> texts_at(const Node& table, std::string_view key) {
  std::vector<std::string> out;
  for (const Node& item : items_at(table, key)) out.push_back(item.text);
  return out;
}

const std::vector<Node>& items_at(const Node& table, std::string_view key) {
  static const std::vector<Node> none;
  const Node* node = table.find(key);
  return node == nullptr ? none : node->items;
}

const std::vector<Member>& members_at(const Node& table, std::string_view key) {
  static const std::vector<Member> none;
  const Node* node = table.find(key);
  return node == nullptr ? none : node->members;
}

}  // namespace davit
