# SPDX-License-Identifier: MIT
# The libraries of others, each as one target that only its door links.
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
set(OPENSSL_USE_STATIC_LIBS TRUE)  # core/digest/digest.hpp says why
find_package(OpenSSL QUIET)
if(NOT OpenSSL_FOUND)
  unset(OPENSSL_USE_STATIC_LIBS)
  find_package(OpenSSL REQUIRED)
endif()
set(ZLIB_USE_STATIC_LIBS ON)  # for the same reason
find_package(ZLIB QUIET)
if(NOT ZLIB_FOUND)
  unset(ZLIB_USE_STATIC_LIBS)
  find_package(ZLIB REQUIRED)
endif()
find_package(Threads REQUIRED)
find_package(date REQUIRED)
find_package(simdjson REQUIRED)
pkg_check_modules(UV REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(CURL REQUIRED libcurl)
pkg_check_modules(ARCHIVE REQUIRED libarchive)
pkg_check_modules(SSH REQUIRED libssh)

add_library(davit_uv INTERFACE)
target_link_libraries(davit_uv INTERFACE PkgConfig::UV Threads::Threads)

add_library(davit_crypto INTERFACE)
target_link_libraries(davit_crypto INTERFACE OpenSSL::Crypto)

add_library(davit_zlib INTERFACE)
target_link_libraries(davit_zlib INTERFACE ZLIB::ZLIB)

add_library(davit_date INTERFACE)
# Only zone.cpp sees its headers, so that its definitions do not spoil the precompiled header.
target_link_libraries(davit_date INTERFACE $<LINK_ONLY:date::date-tz>)

# Header-only here: toml++ is compiled once, inside its door.
add_library(davit_toml INTERFACE)
add_library(davit_json INTERFACE)
target_link_libraries(davit_json INTERFACE $<LINK_ONLY:simdjson::simdjson>)
add_library(davit_cli11 INTERFACE)

# libcurl, libssh and libarchive are opened when first needed (their loading alone costs 10 ms a
# process), so only their headers are used here; core/process/shared_object.hpp says how.
add_library(davit_curl_headers INTERFACE)
target_include_directories(davit_curl_headers SYSTEM INTERFACE ${CURL_INCLUDE_DIRS})
add_library(davit_archive_headers INTERFACE)
target_include_directories(davit_archive_headers SYSTEM INTERFACE ${ARCHIVE_INCLUDE_DIRS})
add_library(davit_ssh_headers INTERFACE)
target_include_directories(davit_ssh_headers SYSTEM INTERFACE ${SSH_INCLUDE_DIRS})
