// SPDX-License-Identifier: MIT
#include "core/events/event.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/events/tables.hpp"
#include "definitions/ascii.hpp"

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
    return ascii::lower(c) || ascii::digit(c) || c == '-';
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

template <typename Each>
void members(const Envelope*, Each&& each) {
  each(must("v", &Envelope::v, record::kPositive));
  each(must("id", &Envelope::id));
  each(may("ledger", &Envelope::ledger));
  each(must("type", &Envelope::type, {is_type, "a type of event"}));
  each(must("at", &Envelope::at));
  each(must("by", &Envelope::by, record::kPerson));
  each(may("rules", &Envelope::rules, record::kObject));
}

using Reader = bool (*)(const Json&, Fact&, record::Fault&);

template <typename Known>
bool read_fact(const Json& json, Fact& into, record::Fault& fault) {
  auto& known = into.emplace<Known>();
  if constexpr (std::is_same_v<Known, ApprovalRejected>) known.approves = false;
  return record::read_members(json, known, fault);
}

template <std::size_t... Index>
constexpr auto readers(std::index_sequence<Index...>) {
  return std::array<Reader, sizeof...(Index)>{
      read_fact<std::variant_alternative_t<Index, Fact>>...};
}
constexpr auto kReaders = readers(std::make_index_sequence<kTypes.size()>());

Fact read_any(const Json& json, const Envelope& envelope) {
  const auto* known = std::find(kTypes.begin(), kTypes.end(), envelope.type);
  if (known == kTypes.end() || envelope.v > 1) return Unknown{envelope.type, ""};
  Fact fact;
  record::Fault fault;
  if (kReaders[static_cast<std::size_t>(known - kTypes.begin())](json, fact, fault)) return fact;
  return Unknown{envelope.type, fault.error(envelope.type).message};
}

// The members of a fact, behind those of the envelope.
struct FactWriter {
  std::string& out;
  void operator()(const Unknown&) const {}
  template <typename Known>
  void operator()(const Known& known) const {
    record::write_members(out, known);
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
  std::string line = "{";
  record::write_members(line, envelope);
  std::visit(FactWriter{line}, event.fact);
  line += '}';
  return line;
}

Result<Event> decode(std::string_view line) {
  if (line.size() > kLargestEvent)
    return Error{fmt::format("an event of {} bytes is larger than {}", line.size(), kLargestEvent)};
  DAVIT_TRY(auto json, Json::parse(line));
  DAVIT_TRY(auto envelope, record::read<Envelope>(json, "the event"));
  return Event{envelope.id, envelope.ledger, envelope.at,
               envelope.by, envelope.rules,  read_any(json, envelope)};
}

Event kept(std::string_view line) {
  constexpr std::size_t kDigits = 32;  // of an event's id
  auto event = decode(line);
  if (event) return std::move(event).value();
  return {EventId{sha256(line).hex.substr(0, kDigits)},
          "",
          {},
          "",
          "",
          Unknown{"", event.error().message}};
}

std::string ledger_id(const Event& opening) { return sha256(encode(opening)).hex; }

}  // namespace davit
