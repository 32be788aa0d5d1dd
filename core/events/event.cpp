// SPDX-License-Identifier: MIT
#include "core/events/event.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/events/tables.hpp"

namespace davit {

namespace {

// In the order of the alternatives of Fact.
constexpr std::array kTypes = {
    "ledger-opened",      "release-created",      "release-started",    "release-abandoned",
    "release-marked",     "deployment-requested", "approval-given",     "approval-rejected",
    "deployment-started", "lease-extended",       "deployment-paused",  "deployment-resumed",
    "cancel-asked",       "deployment-finished",  "environment-locked", "environment-unlocked"};
static_assert(kTypes.size() + 1 == std::variant_size_v<Fact>, "a fact without a name");

bool is_type(const std::string& word) {
  return !word.empty() && word.size() <= 64 && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// What every event says, whatever its type.
struct Envelope {
  int v = 1;
  EventId id;
  std::string ledger;
  std::string type;
  Instant at{};
  std::string by;
  std::string rules;
};

constexpr auto members(const Envelope*) {
  return std::tuple(must("v", &Envelope::v, record::kPositive), must("id", &Envelope::id),
                    may("ledger", &Envelope::ledger),
                    must("type", &Envelope::type, {is_type, "a type of event"}),
                    must("at", &Envelope::at), must("by", &Envelope::by, record::kPerson),
                    may("rules", &Envelope::rules, record::kObject));
}

using Reader = Result<Fact> (*)(const Json&, const std::string& type);

template <typename Known>
Result<Fact> read_fact(const Json& json, const std::string& type) {
  DAVIT_TRY(auto known, record::read<Known>(json, type));
  if constexpr (std::is_same_v<Known, ApprovalRejected>) known.approves = false;
  return Fact(std::move(known));
}

template <std::size_t... Index>
constexpr auto readers(std::index_sequence<Index...>) {
  return std::array<Reader, sizeof...(Index)>{
      read_fact<std::variant_alternative_t<Index, Fact>>...};
}
constexpr auto kReaders = readers(std::make_index_sequence<kTypes.size()>());

Result<Fact> read_any(const Json& json, const Envelope& envelope) {
  const auto* known = std::find(kTypes.begin(), kTypes.end(), envelope.type);
  if (known == kTypes.end() || envelope.v > 1) return Fact(Unknown{envelope.type});
  return kReaders[static_cast<std::size_t>(known - kTypes.begin())](json, envelope.type);
}

struct Writer {
  Json& json;
  void operator()(const Unknown&) const {}
  template <typename Known>
  void operator()(const Known& known) const {
    record::write_members(json, known);
  }
};

}  // namespace

const char* type(const Fact& fact) {
  const auto* unknown = std::get_if<Unknown>(&fact);
  return unknown != nullptr ? unknown->type.c_str() : kTypes[fact.index()];
}

std::string encode(const Event& event) {
  const Envelope envelope{1,        event.id, event.ledger, type(event.fact),
                          event.at, event.by, event.rules};
  Json json = Json::object();
  record::write_members(json, envelope);
  std::visit(Writer{json}, event.fact);
  return json.dump();
}

Result<Event> decode(std::string_view line) {
  if (line.size() > kLargestEvent)
    return Error{fmt::format("an event of {} bytes is larger than {}", line.size(), kLargestEvent)};
  DAVIT_TRY(auto json, Json::parse(line));
  DAVIT_TRY(auto envelope, record::read<Envelope>(json, "the event"));
  DAVIT_TRY(auto fact, read_any(json, envelope));
  return Event{envelope.id, envelope.ledger, envelope.at,
               envelope.by, envelope.rules,  std::move(fact)};
}

std::string ledger_id(const Event& opening) { return sha256(encode(opening)).hex; }

}  // namespace davit
