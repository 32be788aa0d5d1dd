// SPDX-License-Identifier: MIT
// Each library of others has one door: the only place that includes it.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/house/tree.hpp"

namespace {

using house::File;
using house::Include;

struct Door {
  std::string library;
  const char* header;  // what its includes begin with
  const char* place;   // what the path of whoever includes it begins with
  int files;           // at most so many
};

const Door kDoors[] = {
    {"toml++", "toml", "definitions/toml.", 1},
    {"nlohmann/json", "nlohmann/", "definitions/json.", 1},
    {"simdjson", "simdjson", "definitions/json.", 1},
    {"Howard Hinnant's date", "date/", "definitions/zone.", 1},
    {"zlib", "zlib.h", "core/git/object_writer.", 1},
    {"libcurl", "curl/", "core/http/http.", 1},
    {"libcrypto", "openssl/", "core/digest/digest.", 1},
    {"libarchive", "archive", "core/artifacts/archive.", 1},
    {"libuv", "uv.h", "core/runner/", 3},
    {"libssh", "libssh/", "core/ssh/libssh.", 1},
    {"CLI11", "CLI/", "cli/", 1},
};

}  // namespace

TEST_CASE("a library is included behind its door and nowhere else") {
  for (const Door& door : kDoors) {
    std::vector<std::string> users;
    for (const File& file : house::files()) {
      if (!file.code()) continue;
      const auto all = house::includes(file);
      const bool uses = std::any_of(all.begin(), all.end(), [&](const Include& include) {
        return !include.quoted && include.path.rfind(door.header, 0) == 0;
      });
      if (uses) users.push_back(file.path);
    }
    CAPTURE(door.library);
    std::string through;
    for (const std::string& user : users) through += user + " ";
    CAPTURE(through);
    CHECK(static_cast<int>(users.size()) <= door.files);
    for (const std::string& user : users) CHECK(user.rfind(door.place, 0) == 0);
  }
}
