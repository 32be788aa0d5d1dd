// SPDX-License-Identifier: MIT
#include "core/runner/http_step.hpp"

#include <fmt/format.h>

#include "core/runner/errand.hpp"
#include "core/runner/plain_line.hpp"

namespace davit {

namespace {

constexpr std::size_t kMostShown = 80;  // of a value that differs

bool is_expected(int expected, int status) {
  return expected == 0 ? status >= 200 && status < 300 : status == expected;
}

std::string shown(const Json& value) {
  auto text = value.dump();
  if (text.size() > kMostShown) text = text.substr(0, kMostShown) + "…";
  return plain_line(text);
}

std::string value_differs(const Json& body, const std::string& pointer, const Json& expected) {
  const auto* found = body.at_pointer(pointer);
  if (!found) return fmt::format("the answer has no {}, expected {}", pointer, shown(expected));
  if (*found == expected) return "";
  // 1 and 1.0 are one number.
  if (found->number() && expected.number() && *found->number() == *expected.number()) return "";
  return fmt::format("{} is {}, expected {}", pointer, shown(*found), shown(expected));
}

}  // namespace

std::string differs(const Expectation& expect, const HttpAnswer& answer) {
  if (!is_expected(expect.status, answer.status))
    return fmt::format("answered {}, expected {}", answer.status,
                       expect.status == 0 ? "200 to 299" : std::to_string(expect.status));
  if (expect.json.empty()) return "";
  const auto body = Json::parse(answer.body);
  if (!body) return "the answer is no JSON: " + body.error().message;
  for (const auto& [pointer, expected] : expect.json)
    if (auto found = value_differs(*body, pointer, expected); !found.empty()) return found;
  return "";
}

Tried ask_http(Run& run, const Spot& spot, const HttpAction& action) {
  HttpRequest request;
  request.url = action.url;
  request.method = action.method;
  request.headers = action.headers;
  request.body = action.body;
  if (spot.step().timeout) request.timeout = *spot.step().timeout;
  Result<HttpAnswer> answer = Error{};
  const auto cut = errand(run, {}, [&](const GiveUp& give_up) {
    request.stop = give_up;
    answer = ask(request);
  });
  if (!answer && cut == GaveUp::asked) return given_up(run, cut, {});
  if (!answer) return {StepRecord::Status::failed, answer.error().message, {}};
  auto found = run.mask.apply(differs(action.expect, *answer));
  if (!found.empty()) return {StepRecord::Status::failed, std::move(found), {}};
  note(run, spot, fmt::format("{} {} answered {}", action.method, action.url, answer->status));
  return Tried{};
}

}  // namespace davit
