// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "core/process/process.hpp"
#include "core/secrets/mask.hpp"
#include "core/secrets/secrets.hpp"

namespace davit {

namespace {

Result<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (!value)
    return Error{fmt::format("the environment variable {} is not set", name),
                 "set it where davit runs"};
  return std::string(value);
}

Error unreadable(const std::string& path, const char* why) {
  return {fmt::format("can't read {}: {}", path, why), "the file is read where davit runs"};
}

Result<std::string> content(int file, const std::string& path) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
    return unreadable(path, "not a regular file");
  if (status.st_size > static_cast<off_t>(kLargestSecret)) return unreadable(path, "over 1 MiB");
  std::string all;
  std::array<char, 4096> piece{};
  ssize_t got = 0;
  while ((got = ::read(file, piece.data(), piece.size())) > 0 && all.size() <= kLargestSecret)
    all.append(piece.data(), static_cast<std::size_t>(got));
  if (got < 0) return unreadable(path, std::strerror(errno));
  return all;
}

Result<std::string> from_file(const std::string& from, const std::string& directory) {
  const auto path = from.starts_with('/') || directory.empty() ? from : directory + "/" + from;
  // Never waits for the other end of a named pipe.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) return unreadable(path, std::strerror(errno));
  auto all = content(file, path);
  ::close(file);
  return all;
}

// The last line a command complained with; what it printed is taken out of it.
std::string complaint(const Finished& finished) {
  std::string_view said = finished.errors;
  while (!said.empty() && (said.back() == '\n' || said.back() == '\r')) said.remove_suffix(1);
  const auto line = said.substr(said.rfind('\n') + 1);
  Mask mask;
  if (!finished.output.empty() && !mask.add("", finished.output)) return "";
  return mask.apply(line);
}

Result<std::string> from_command(const std::string& line, const std::string& directory,
                                 const std::function<bool()>& give_up) {
  Invocation command;
  // The team's own committed text, so a shell line by intent.
  command.arguments = {"sh", "-c", line};
  command.directory = directory;
  command.largest_output = kLargestSecret;
  command.timeout = std::chrono::minutes(2);
  command.give_up = give_up;
  DAVIT_TRY(auto finished, run(command));
  if (finished.status == 0) return std::move(finished.output);
  const auto said = complaint(finished);
  return Error{fmt::format("the command `{}` ended with exit status {}{}{}", line, finished.status,
                           said.empty() ? "" : ": ", said),
               "run it by hand where davit runs"};
}

}  // namespace

Result<std::string> resolve(const SecretSource& source, const std::string& directory,
                            const std::function<bool()>& give_up) {
  const auto ask = [&]() -> Result<std::string> {
    switch (source.kind) {
      case SecretSource::Kind::env:
        return from_environment(source.from);
      case SecretSource::Kind::file:
        return from_file(source.from, directory);
      case SecretSource::Kind::command:
        return from_command(source.from, directory, give_up);
    }
    return Error{"unknown kind of secret"};
  };
  DAVIT_TRY(auto value, ask());
  if (value.ends_with('\n')) value.pop_back();
  // No environment variable can hold it, and the rest of it would be cut off unseen.
  if (value.find('\0') != std::string::npos)
    return Error{"the secret holds a NUL byte", "keep it as text, base64 say"};
  return value;
}

}  // namespace davit
