// SPDX-License-Identifier: MIT
#include "core/process/shared_object.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace davit {

Result<SharedObject> SharedObject::open(std::initializer_list<const char*> names) {
  std::string said;
  for (const char* name : names) {
    if (void* handle = dlopen(name, RTLD_NOW | RTLD_LOCAL); handle != nullptr) {
      SharedObject opened;
      opened.handle_ = handle;
      opened.name_ = name;
      return opened;
    }
    if (const char* reason = dlerror(); said.empty() && reason != nullptr) said = reason;
  }
  return Error{fmt::format("can't load a library that this needs: {}", said),
               "install it with your package manager, then try again"};
}

void* SharedObject::address(const char* name) {
  void* found = dlsym(handle_, name);
  if (found == nullptr && missing_.empty()) missing_ = name;
  return found;
}

Outcome SharedObject::complete() const {
  if (missing_.empty()) return Done{};
  return Error{fmt::format("{} has no {}", name_, missing_),
               "install the version that davit was built with"};
}

}  // namespace davit
