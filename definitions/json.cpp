// SPDX-License-Identifier: MIT
// The one door to simdjson, which reads what davit wrote itself at a gigabyte a second; and to
// nlohmann/json: its SAX parser, which throws nothing and says where a mistake is, and its escaping
// of text. Both read RFC 8259; what the first can't take, the second decides.
#include "definitions/json.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace davit {

namespace {

constexpr std::size_t kDeepest = 64;

// Where byte `offset` of the text stands, as people count.
Place place_in(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto newline = before.rfind('\n');
  const auto column = newline == std::string_view::npos ? offset + 1 : offset - newline;
  return {.line = static_cast<int>(line), .column = static_cast<int>(column)};
}

Error not_json(std::string_view text, std::size_t offset) {
  const auto place = place_in(text, offset);
  return {.message = fmt::format("not JSON from line {}, column {}", place.line, place.column),
          .place = place};
}

std::optional<std::string_view> repeated_key(const Json::Object& members) {
  std::vector<std::string_view> keys;
  keys.reserve(members.size());
  for (const auto& member : members) keys.push_back(member.first);
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  return twice == keys.end() ? std::nullopt : std::optional(*twice);
}

// Builds a Json from what nlohmann's parser meets, and stops it at the first mistake.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;

  explicit Builder(std::string_view text) : text_(text) {}

  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(Json(value)); }
  bool number_integer(number_integer_t value) { return add(Json(std::int64_t{value})); }
  bool number_unsigned(number_unsigned_t value) { return add(Json(std::uint64_t{value})); }
  bool number_float(number_float_t value, const std::string&) { return add(Json(value)); }
  bool string(std::string& value) { return add(Json(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }
  bool key(std::string& name) {
    open_.back().key = std::move(name);
    return true;
  }
  bool end_object();
  bool end_array();
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&);

  Result<Json> finish() && {
    if (!error_.message.empty()) return std::move(error_);
    return std::move(root_);
  }

 private:
  struct Container {
    bool object = false;
    std::string key;  // of the member being read
    Json::Array items;
    Json::Object members;
  };

  bool open(bool object);
  bool add(Json value);
  bool refuse(std::string message) {
    error_ = {.message = std::move(message)};
    return false;
  }

  std::string_view text_;
  std::vector<Container> open_;
  Json root_;
  Error error_;
};

bool Builder::open(bool object) {
  if (open_.size() == kDeepest)
    return refuse(fmt::format("JSON is nested more than {} levels deep", kDeepest));
  open_.push_back({.object = object});
  return true;
}

bool Builder::add(Json value) {
  if (open_.empty())
    root_ = std::move(value);
  else if (open_.back().object)
    open_.back().members.emplace_back(std::move(open_.back().key), std::move(value));
  else
    open_.back().items.push_back(std::move(value));
  return true;
}

bool Builder::end_array() {
  Json value(std::move(open_.back().items));
  open_.pop_back();
  return add(std::move(value));
}

bool Builder::end_object() {
  auto members = std::move(open_.back().members);
  open_.pop_back();
  if (const auto key = repeated_key(members))
    return refuse(fmt::format("key {} stands twice", Json(*key).dump()));
  return add(Json(std::move(members)));
}

bool Builder::parse_error(std::size_t position, const std::string&,
                          const nlohmann::json::exception&) {
  if (position > text_.size()) return refuse("JSON ends too early");
  error_ = not_json(text_, position == 0 ? 0 : position - 1);
  return false;
}

// Copies what simdjson has understood; false for what it takes and we don't.
bool copy(const simdjson::dom::element& from, Json& to, std::size_t room);

bool copy(const simdjson::dom::array& from, Json& to, std::size_t room) {
  Json::Array items;
  items.reserve(from.size());
  for (const auto item : from)
    if (!copy(item, items.emplace_back(), room - 1)) return false;
  to = Json(std::move(items));
  return true;
}

bool copy(const simdjson::dom::object& from, Json& to, std::size_t room) {
  Json::Object members;
  members.reserve(from.size());
  for (const auto member : from)
    if (!copy(member.value, members.emplace_back(member.key, Json()).second, room - 1))
      return false;
  if (repeated_key(members)) return false;
  to = Json(std::move(members));
  return true;
}

bool copy(const simdjson::dom::element& from, Json& to, std::size_t room) {
  using Type = simdjson::dom::element_type;
  const auto type = from.type();
  if (room == 0 && (type == Type::OBJECT || type == Type::ARRAY)) return false;
  switch (type) {
    case Type::OBJECT:
      return copy(simdjson::dom::object(from), to, room);
    case Type::ARRAY:
      return copy(simdjson::dom::array(from), to, room);
    case Type::STRING:
      to = Json(std::string_view(from));
      break;
    case Type::INT64:
      to = Json(std::int64_t(from));
      break;
    case Type::UINT64:
      to = Json(std::uint64_t(from));
      break;
    case Type::DOUBLE:
      to = Json(double(from));
      break;
    case Type::BOOL:
      to = Json(bool(from));
      break;
    case Type::NULL_VALUE:
      to = Json();
      break;
  }
  return true;
}

// Nothing where the text is no JSON, or has what must be looked at closely.
std::optional<Json> read_fast(std::string_view text) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return std::nullopt;
  Json value;
  if (!copy(root, value, kDeepest)) return std::nullopt;
  return value;
}

// The shortest digits that read back the same, and still a double when read.
void write(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view written(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out += written;
  if (written.find_first_of(".e") == std::string_view::npos) out += ".0";
}

// Writes a value; on one line, or with `indent` spaces a level.
class Writer {
 public:
  explicit Writer(std::size_t indent) : indent_(indent) {}

  void value(const Json& json) {
    if (json.is_object())
      list('{', json.members(), '}');
    else if (json.is_array())
      list('[', json.items(), ']');
    else
      scalar(json);
  }
  std::string take() { return std::move(out_); }

 private:
  void scalar(const Json& json) {
    if (const auto* text = json.string())
      append_json(out_, *text);
    else if (const auto integer = json.integer())
      out_ += fmt::format_int(*integer).c_str();
    else if (const auto number = json.number())
      write(out_, *number);
    else if (const auto flag = json.boolean())
      out_ += *flag ? "true" : "false";
    else
      out_ += "null";
  }

  void entry(const Json& item) { value(item); }
  void entry(const Json::Member& member) {
    append_json(out_, member.first);
    out_ += indent_ ? ": " : ":";
    value(member.second);
  }

  template <typename Entries>
  void list(char open, const Entries& entries, char close) {
    out_ += open;
    ++level_;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0) out_ += ',';
      new_line();
      entry(entries[i]);
    }
    --level_;
    if (!entries.empty()) new_line();
    out_ += close;
  }

  void new_line() {
    if (indent_) out_.append(1, '\n').append(level_ * indent_, ' ');
  }

  std::size_t indent_;
  std::size_t level_ = 0;
  std::string out_;
};

std::string written(const Json& json, std::size_t indent) {
  Writer writer(indent);
  writer.value(json);
  return writer.take();
}

}  // namespace

// Escapes; bytes that are no UTF-8 become U+FFFD. Most text needs neither.
void append_json(std::string& out, std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
  });
  if (plain)
    out.append(1, '"').append(text).append(1, '"');
  else
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string Json::dump() const { return written(*this, 0); }

std::string Json::pretty() const { return written(*this, 2); }

Result<Json> Json::parse(std::string_view text) {
  if (auto read = read_fast(text)) return *std::move(read);
  // The parser takes a NUL for the end of the text; it stands in no JSON.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) return not_json(text, nul);
  Builder builder(text);
  const char* begin = text.data() ? text.data() : "";
  nlohmann::json::sax_parse(begin, begin + text.size(), &builder);
  return std::move(builder).finish();
}

}  // namespace davit
