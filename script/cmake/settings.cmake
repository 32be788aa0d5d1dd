# SPDX-License-Identifier: MIT
# How every target of ours is compiled: one interface target, linked by all.
add_library(davit_settings INTERFACE)
target_include_directories(davit_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(davit_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Wunused
  -Woverloaded-virtual -Wconversion -Wsign-conversion -Wnull-dereference -Wformat=2
  -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 warns wrongly inside its own library at -O2 (GCC bugs 105329, 105651, 106199).
  target_compile_options(davit_settings INTERFACE
    -Wno-restrict -Wno-null-dereference -Wno-maybe-uninitialized -Wno-dangling-reference
    -fpch-preprocess)
endif()
# A library that nothing is used of is not loaded: loading costs up to half a millisecond each.
target_link_options(davit_settings INTERFACE -Wl,--as-needed)
if(DAVIT_WERROR)
  target_compile_options(davit_settings INTERFACE -Werror)
endif()
if(DAVIT_SANITIZE)
  target_compile_options(davit_settings INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # These four cost g++ a third of the build's time and find what ASan stops at as well; clang
    # has them all.
    target_compile_options(davit_settings INTERFACE -fno-sanitize=null,alignment,object-size,vptr)
  endif()
  target_link_options(davit_settings INTERFACE -fsanitize=address,undefined)
endif()
if(DAVIT_FUZZ)
  target_compile_options(davit_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(DAVIT_COVERAGE)
  target_compile_options(davit_settings INTERFACE --coverage)
  target_link_options(davit_settings INTERFACE --coverage)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
  target_compile_options(davit_settings INTERFACE -fstack-protector-strong)
  target_compile_definitions(davit_settings INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(davit_settings INTERFACE -Wl,-z,relro,-z,now -pie)
endif()
find_program(DAVIT_LLD ld.lld)
if(DAVIT_LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_link_options(davit_settings INTERFACE -fuse-ld=lld)
endif()
