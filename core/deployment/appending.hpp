// SPDX-License-Identifier: MIT
// Appending on behalf of whoever conducts a deployment.
#pragma once

#include "core/deployment/deploy.hpp"
#include "core/policy/request.hpp"

namespace davit {

// Facts of a runner about its own deployment. `busy` when another runner took it over, or it has
// ended meanwhile.
Result<State> append_facts(Registry&, const Rules&, const Conduct&, const std::vector<Fact>&,
                           const DeploymentId&);

// What a request makes on the newest state; `also` is asked on it first, and its error ends it.
using Guard = std::function<Outcome(const State&)>;
Result<State> append_request(Registry&, const Rules&, const Conduct&, const Request&,
                             ReleaseNumber about, const Guard& also = {});

}  // namespace davit
