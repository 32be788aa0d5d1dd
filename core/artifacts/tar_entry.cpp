// SPDX-License-Identifier: MIT
#include "core/artifacts/tar_entry.hpp"

#include <fmt/format.h>

#include <numeric>

namespace davit {

namespace {

constexpr std::size_t kLongestName = 100;  // that fits into a header
constexpr std::int64_t kLargestOctal = 077777777777;

// POSIX ustar, but for the magic, which is GNU's.
std::string plain_header(const TarEntry& entry, char type, std::int64_t size) {
  std::string block(kTarBlock, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    block.replace(at, text.size(), text);
  };
  put(0, entry.path.substr(0, kLongestName));
  put(100, fmt::format("{:07o}", entry.mode));
  put(108, "0000000");
  put(116, "0000000");
  if (size <= kLargestOctal) {
    put(124, fmt::format("{:011o}", size));
  } else {
    block[124] = static_cast<char>(0x80);  // the number itself, the last byte last
    for (std::size_t byte = 0; byte < 8; ++byte)
      block[135 - byte] = static_cast<char>(size >> (8 * byte));
  }
  put(136, fmt::format("{:011o}", entry.modified));
  put(148, "        ");
  block[156] = type;
  put(157, entry.target.substr(0, kLongestName));
  put(257, "ustar  ");
  const auto sum = std::accumulate(block.begin(), block.end(), 0U, [](unsigned all, char c) {
    return all + static_cast<unsigned char>(c);
  });
  put(148, fmt::format("{:06o}", sum) + std::string(1, '\0'));
  return block;
}

// A name that is too long comes as the content of an entry before.
std::string long_name(const std::string& name, char type) {
  const auto size = static_cast<std::int64_t>(name.size()) + 1;
  auto out = plain_header({.path = "././@LongLink", .target = "", .mode = 0644}, type, size) + name;
  out.resize(kTarBlock + static_cast<std::size_t>(in_tar_blocks(size)), '\0');
  return out;
}

}  // namespace

std::int64_t in_tar_blocks(std::int64_t size) {
  constexpr auto kBytes = static_cast<std::int64_t>(kTarBlock);
  return (size + kBytes - 1) / kBytes * kBytes;
}

std::string tar_header(const TarEntry& entry) {
  std::string out;
  if (entry.target.size() > kLongestName) out += long_name(entry.target, 'K');
  if (entry.path.size() > kLongestName) out += long_name(entry.path, 'L');
  return out + plain_header(entry, static_cast<char>(entry.type), entry.size);
}

}  // namespace davit
