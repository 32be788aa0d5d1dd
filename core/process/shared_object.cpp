// SPDX-License-Identifier: MIT
#include "core/process/shared_object.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#if defined(__SANITIZE_ADDRESS__)
#define DAVIT_WATCHES_MEMORY
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DAVIT_WATCHES_MEMORY
#endif
#endif
#ifdef DAVIT_WATCHES_MEMORY
// Where a library that is opened late has thread-local data, the sanitizer guesses from the block's
// address within its page whether a header stands before it, and when it guesses wrong the search
// for leaks reads from nowhere and dies.
extern "C" {
const char* __asan_default_options();
const char* __asan_default_options() { return "intercept_tls_get_addr=0"; }
}
#endif

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
