// SPDX-License-Identifier: MIT
#include "core/artifacts/tree_tar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>

#include "core/artifacts/tar_entry.hpp"

namespace davit {

namespace {

// POSIX ustar: where a field stands in a header, and how long it is.
struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field kSize{124, 12};
constexpr Field kTime{136, 12};
constexpr Field kSum{148, 8};
constexpr std::size_t kType = 156;

std::uint64_t octal(std::string_view header, Field field) {
  const auto text = header.substr(field.at, field.size);
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 8);
  return value;
}

// The sum of all bytes, those of the sum itself counted as blanks.
std::uint64_t sum(std::string header) {
  header.replace(kSum.at, kSum.size, kSum.size, ' ');
  return std::accumulate(
      header.begin(), header.end(), std::uint64_t{0},
      [](std::uint64_t all, char c) { return all + static_cast<unsigned char>(c); });
}

}  // namespace

Outcome TimelessTar::header() {
  auto header = std::exchange(header_, {});
  // Blocks of zeros stand at the end.
  if (header.find_first_not_of('\0') == std::string::npos) return take_(header);
  if (sum(header) != octal(header, kSum))
    return Error{"git archive gave what is no tar archive", "check the repository with `git fsck`"};
  header.replace(kTime.at, kTime.size - 1, kTime.size - 1, '0');
  header.replace(kSum.at, kSum.size, fmt::format("{:07o}", sum(header)) + std::string(1, '\0'));
  content_ = (octal(header, kSize) + kTarBlock - 1) / kTarBlock * kTarBlock;
  if (header[kType] == '0' || header[kType] == '2') ++files_;
  return take_(header);
}

Outcome TimelessTar::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto wanted = content_ > 0 ? content_ : kTarBlock - header_.size();
    const auto piece =
        bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(wanted, bytes.size())));
    bytes.remove_prefix(piece.size());
    if (content_ > 0) {
      content_ -= piece.size();
      DAVIT_CHECK(take_(piece));
    } else {
      header_ += piece;
      if (header_.size() == kTarBlock) DAVIT_CHECK(header());
    }
  }
  return Done{};
}

Outcome TimelessTar::finish() const {
  if (content_ == 0 && header_.empty()) return Done{};
  return Error{"git archive stopped in the middle", "check the repository with `git fsck`"};
}

Result<int> archive_tree(Repository& repository, const std::string& tree,
                         const TimelessTar::Take& take) {
  TimelessTar tar(take);
  DAVIT_CHECK(repository.stream_git(
      {"-c", "tar.umask=0022", "-c", "core.autocrlf=false", "-c", "core.eol=lf", "-c",
       "core.attributesFile=/dev/null", "archive", "--format=tar", tree},
      [&](std::string_view bytes) { return tar.add(bytes); }));
  DAVIT_CHECK(tar.finish());
  return tar.files();
}

}  // namespace davit
