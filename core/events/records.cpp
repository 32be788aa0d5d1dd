// SPDX-License-Identifier: MIT
// The records that events, state, plans and journals share, and the words of their enumerations.
#include "core/events/tables.hpp"

namespace davit {

namespace {

template <typename Word>
const char* word(Word value) {
  return words(value)[static_cast<std::size_t>(value)];
}

}  // namespace

const char* text(Cause cause) { return word(cause); }
const char* text(Moment moment) { return word(moment); }
const char* text(Ended ended) { return word(ended); }
const char* text(StepRecord::Status status) { return word(status); }
const char* text(DeploymentPaused::Why why) { return word(why); }

Json to_json(const ArtifactPin& pin) { return record::to_json(pin); }
Json to_json(const DefinitionPin& pin) { return record::to_json(pin); }
Json to_json(const Lease& lease) { return record::to_json(lease); }
Json to_json(const Narrowing& narrowing) { return record::to_json(narrowing); }
Json to_json(const StepRecord& step) { return record::to_json(step); }

Result<ArtifactPin> artifact_pin(const Json& json) {
  return record::read<ArtifactPin>(json, "the artifact");
}
Result<DefinitionPin> definition_pin(const Json& json) {
  return record::read<DefinitionPin>(json, "the definition");
}
Result<Lease> lease(const Json& json) { return record::read<Lease>(json, "the lease"); }
Result<StepRecord> step_record(const Json& json) {
  return record::read<StepRecord>(json, "the step");
}

}  // namespace davit
