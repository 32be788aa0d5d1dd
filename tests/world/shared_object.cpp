// SPDX-License-Identifier: MIT
#include "core/process/shared_object.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>

using namespace davit;

TEST_CASE("a shared object is the first one that the machine has") {
  auto library = SharedObject::open({"libdavit-has-no-such.so.0", "libm.so.6"});
  REQUIRE(library.has_value());
  double (*cosine)(double) = nullptr;
  library->find(cosine, "cos");
  REQUIRE(library->complete().has_value());
  CHECK(cosine(0.0) == 1.0);
}

TEST_CASE("a shared object that is missing is named") {
  const auto library = SharedObject::open({"libdavit-has-no-such.so.0"});
  REQUIRE(!library.has_value());
  CHECK(library.error().message.find("libdavit-has-no-such.so.0") != std::string::npos);
}

TEST_CASE("a function that a shared object lacks is named") {
  auto library = SharedObject::open({"libm.so.6"});
  REQUIRE(library.has_value());
  int (*none)() = nullptr;
  library->find(none, "davit_has_no_such");
  CHECK((none == nullptr));
  const auto complete = library->complete();
  REQUIRE(!complete.has_value());
  CHECK(complete.error().message == "libm.so.6 has no davit_has_no_such");
}
