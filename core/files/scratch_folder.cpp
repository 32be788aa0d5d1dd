// SPDX-License-Identifier: MIT
#include "core/files/scratch_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "core/artifacts/file_error.hpp"

namespace davit {

namespace fs = std::filesystem;

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code none;
  const auto among = fs::temp_directory_path(none).string();
  auto path = among + "/davit-XXXXXX";
  if (none || !::mkdtemp(path.data()))
    return file_error("write to", none ? "the folder of TMPDIR" : among, none ? ENOENT : errno);
  return ScratchFolder(std::move(path));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace davit
