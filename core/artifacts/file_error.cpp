// SPDX-License-Identifier: MIT
#include "core/artifacts/file_error.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "definitions/ascii.hpp"

namespace davit {

namespace {

const char* hint(int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return "make room on that disk, then try again";
    case EFBIG:
      return "the file system or a limit (ulimit -f) allows no file of this size";
    case EACCES:
    case EPERM:
      return "check who may read and write there";
    case EROFS:
      return "the disk is mounted read-only";
    case ENOENT:
      return "check the path";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files (ulimit -n)";
    default:
      return "";
  }
}

}  // namespace

Error file_error(std::string_view doing, const std::string& path, int number) {
  std::string said = std::strerror(number);
  if (!said.empty()) said[0] = ascii::lowered(said[0]);
  return {fmt::format("can't {} {}: {}", doing, path, said), hint(number)};
}

}  // namespace davit
