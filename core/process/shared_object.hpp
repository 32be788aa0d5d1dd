// SPDX-License-Identifier: MIT
// A shared library that is opened when it is first needed, because loading it at every start would
// cost more than most commands take. Behind the doors to libcurl, libssh and libarchive.
//
//   DAVIT_TRY(auto library, SharedObject::open({"libcurl.so.4", "libcurl.so"}));
//   library.find(functions.init, "curl_global_init");
//   DAVIT_CHECK(library.complete());
//
// A library stays open until the process ends: what it left running may not lose its code.
#pragma once

#include <initializer_list>
#include <string>

#include "definitions/result.hpp"

namespace davit {

class SharedObject {
 public:
  // The first of these that the machine has. An error names the first and what the loader said.
  static Result<SharedObject> open(std::initializer_list<const char*> names);

  // Points `slot` at the function of this name; null, and remembered, when the library has none.
  template <typename Function>
  void find(Function*& slot, const char* name) {
    slot = reinterpret_cast<Function*>(address(name));
  }

  // An error that names the first function that was looked for and is missing.
  Outcome complete() const;

 private:
  SharedObject() = default;
  void* address(const char* name);

  void* handle_ = nullptr;
  std::string name_;
  std::string missing_;
};

}  // namespace davit
