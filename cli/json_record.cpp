// SPDX-License-Identifier: MIT
#include "cli/json_record.hpp"

namespace davit {

Json record(std::string_view command) {
  Json json = Json::object();
  return json.set("davit", kRecordVersion).set("command", command);
}

void print(Desk& desk, const Json& record) {
  desk.out.raw(harmless_json(desk.out.style.ci, record.dump()) + '\n');
}

}  // namespace davit
