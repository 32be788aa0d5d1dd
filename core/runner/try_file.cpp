// SPDX-License-Identifier: MIT
#include "core/runner/try_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace davit {

namespace {

constexpr std::size_t kRecord = 64;

bool write_record(int file, std::size_t place, std::string_view words) {
  const auto record = fmt::format("{:<{}}\n", words, kRecord - 1);
  ssize_t put = 0;
  do {
    put = ::pwrite(file, record.data(), record.size(), static_cast<off_t>(place * kRecord));
  } while (put < 0 && errno == EINTR);
  return put == static_cast<ssize_t>(record.size());
}

// The numbers of a record, all of them or nothing.
template <std::size_t N>
std::optional<std::array<long long, N>> read_record(int file, std::size_t place,
                                                    std::string_view word) {
  std::array<char, kRecord + 1> raw{};
  if (::pread(file, raw.data(), kRecord, static_cast<off_t>(place * kRecord)) !=
          static_cast<ssize_t>(kRecord) ||
      raw[kRecord - 1] != '\n' || !std::string_view(raw.data()).starts_with(word))
    return std::nullopt;
  std::array<long long, N> numbers{};
  char* at = raw.data() + word.size();
  for (auto& number : numbers) {
    char* end = nullptr;
    number = std::strtoll(at, &end, 10);
    if (end == at) return std::nullopt;
    at = end;
  }
  return numbers;
}

}  // namespace

Result<int> make_try_file(const std::string& path) {
  const auto fail = [&] {
    return Error{fmt::format("can't write {}: {}", path, std::strerror(errno)),
                 "davit keeps there what a step does; make room, then go on with davit resume"};
  };
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return fail();
  const std::string room(2 * kRecord, ' ');
  if (::flock(file, LOCK_EX) == 0 &&
      ::pwrite(file, room.data(), room.size(), 0) == static_cast<ssize_t>(room.size()))
    return file;
  const auto error = fail();
  ::close(file);
  return error;
}

bool write_start(int file, const TryStart& start) {
  return write_record(file, 0,
                      fmt::format("started {} {} {}", start.supervisor, start.process,
                                  start.at.time_since_epoch().count()));
}

bool write_end(int file, const TryEnd& end) {
  return write_record(file, 1,
                      fmt::format("ended {} {} {} {} {}", static_cast<int>(end.why), end.status,
                                  end.took.count(), end.gone ? 1 : 0, end.log_whole ? 1 : 0)) &&
         ::fdatasync(file) == 0;
}

TryState read_try_file(const std::string& path) {
  TryState state;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return state;
  // Asked before it is read: whatever ended before the question is in the file.
  state.locked = ::flock(file, LOCK_SH | LOCK_NB) != 0;
  if (const auto start = read_record<3>(file, 0, "started "))
    state.start = TryStart{static_cast<int>((*start)[0]), static_cast<int>((*start)[1]),
                           Instant(Duration((*start)[2]))};
  if (const auto end = read_record<5>(file, 1, "ended "))
    if ((*end)[0] >= 0 && (*end)[0] <= 3)
      state.end = TryEnd{static_cast<TryEnd::Why>((*end)[0]), static_cast<int>((*end)[1]),
                         Duration((*end)[2]), (*end)[3] != 0, (*end)[4] != 0};
  ::close(file);
  return state;
}

}  // namespace davit
