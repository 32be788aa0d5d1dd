// SPDX-License-Identifier: MIT
// Tar archives made byte by byte (POSIX ustar), so that a story can hold what no tar program makes.
#pragma once

#include <cstdio>
#include <string>

namespace davit {

class Tarball {
 public:
  Tarball& file(const std::string& path, const std::string& bytes, unsigned mode = 0644,
                long modified = 1'700'000'000) {
    header(path, '0', mode, bytes.size(), "", modified);
    return content(bytes);
  }
  Tarball& folder(const std::string& path, unsigned mode = 0755) {
    return header(path, '5', mode, 0, "", 0);
  }
  Tarball& symlink(const std::string& path, const std::string& target) {
    return header(path, '2', 0777, 0, target, 0);
  }
  Tarball& hard_link(const std::string& path, const std::string& target) {
    return header(path, '1', 0644, 0, target, 0);
  }
  // '3' a character device, '4' a block device, '6' a named pipe.
  Tarball& special(const std::string& path, char type) {
    return header(path, type, 0644, 0, "", 0);
  }
  // The path of the entry that comes next, in UTF-8, of any length.
  Tarball& long_path(const std::string& path) {
    const auto rest = " path=" + path + "\n";
    auto length = rest.size() + 1;
    while (std::to_string(length).size() + rest.size() != length) ++length;
    const auto record = std::to_string(length) + rest;
    header("pax", 'x', 0644, record.size(), "", 0);
    return content(record);
  }

  std::string bytes() const { return bytes_ + std::string(1024, '\0'); }
  // As it would be when the line went dead.
  std::string cut(std::size_t size) const { return bytes_.substr(0, size); }

 private:
  Tarball& header(const std::string& path, char type, unsigned mode, std::size_t size,
                  const std::string& target, long modified) {
    std::string block(512, '\0');
    block.replace(0, path.size(), path);
    put(block, 100, 8, mode);
    put(block, 108, 8, 0);
    put(block, 116, 8, 0);
    put(block, 124, 12, size);
    put(block, 136, 12, static_cast<unsigned long>(modified));
    block[156] = type;
    block.replace(157, target.size(), target);
    block.replace(257, 8,
                  std::string("ustar\0"
                              "00",
                              8));
    block.replace(148, 8, "        ");
    unsigned sum = 0;
    for (const char c : block) sum += static_cast<unsigned char>(c);
    put(block, 148, 8, sum);
    bytes_ += block;
    return *this;
  }

  static void put(std::string& block, std::size_t at, std::size_t width, unsigned long number) {
    char digits[24];
    std::snprintf(digits, sizeof digits, "%0*lo", static_cast<int>(width - 1), number);
    block.replace(at, width - 1, digits);
  }

  Tarball& content(const std::string& bytes) {
    bytes_ += bytes;
    bytes_ += std::string((512 - bytes.size() % 512) % 512, '\0');
    return *this;
  }

  std::string bytes_;
};

}  // namespace davit
