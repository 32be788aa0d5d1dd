// SPDX-License-Identifier: MIT
// What a target remembers a deployment by is read back as it was told, and nothing else is.
#include "core/ssh/remote_names.hpp"

#include <doctest/doctest.h>

using namespace davit;

TEST_CASE("a deployment is known again by its key") {
  const DeploymentId id{{17}, "production", 3};
  CHECK(remote_place("shop", "production") == "shop/production");
  CHECK(remote_key("shop", id) == "shop/17/production/3");
  CHECK(deployment_in("shop/17/production/3") == id);
  for (const char* other : {"", "/", "shop", "shop/17", "shop/17/production", "shop/17/production/",
                            "shop/17/production/x", "shop/0/production/1", "shop/17/production/1/2",
                            "///", "shop//production/1"})
    CHECK_MESSAGE(!deployment_in(other), other);
}
