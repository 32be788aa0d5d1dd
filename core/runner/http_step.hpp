// SPDX-License-Identifier: MIT
// Doing an http step: asking, and comparing the answer with what is expected.
#pragma once

#include "core/http/http.hpp"
#include "core/runner/run.hpp"

namespace davit {

Tried ask_http(Run&, const Spot&, const HttpAction&);

// Empty when the answer is as expected; otherwise what differs: "answered 503, expected 200 to
// 299",
// "/status is "starting", expected "ok"".
std::string differs(const Expectation&, const HttpAnswer&);

}  // namespace davit
