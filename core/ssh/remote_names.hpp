// SPDX-License-Identifier: MIT
// What targets call a place that something is deployed to, and a deployment to it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/events/ids.hpp"

namespace davit {

// "shop/production": what its fence and its receipts are for.
std::string remote_place(const std::string& definition, const std::string& environment);

// "shop/17/production/1": what is kept of a deployment there.
std::string remote_key(const std::string& definition, const DeploymentId&);
// Reads it; nothing where it is not of that form.
std::optional<DeploymentId> deployment_in(std::string_view key);

}  // namespace davit
