// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/secrets/secrets.hpp"

namespace davit {
namespace {

class Folder {
 public:
  Folder() { path_ = mkdtemp(name_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }
  void file(const std::string& name, const std::string& content) const {
    std::ofstream(path_ + "/" + name) << content;
  }

 private:
  char name_[32] = "/tmp/davit-secrets-XXXXXX";
  std::string path_;
};

using Kind = SecretSource::Kind;

TEST_CASE("secrets: one of the environment") {
  setenv("DAVIT_TEST_SECRET", "open sesame", 1);
  CHECK(*resolve({Kind::env, "DAVIT_TEST_SECRET"}, "/") == "open sesame");
  unsetenv("DAVIT_TEST_SECRET");
  CHECK(resolve({Kind::env, "DAVIT_TEST_SECRET"}, "/").error().message ==
        "the environment variable DAVIT_TEST_SECRET is not set");
}

TEST_CASE("secrets: one in a file, from the directory, without its last newline") {
  const Folder folder;
  folder.file("token", "two\nlines\n\n");
  CHECK(*resolve({Kind::file, "token"}, folder.path()) == "two\nlines\n");
  CHECK(*resolve({Kind::file, folder.path() + "/token"}, "/nowhere") == "two\nlines\n");
}

TEST_CASE("secrets: a file that is none") {
  const Folder folder;
  CHECK(resolve({Kind::file, "token"}, folder.path()).error().message ==
        "can't read " + folder.path() + "/token: No such file or directory");
  CHECK(resolve({Kind::file, "."}, folder.path()).error().message.ends_with("not a regular file"));
  REQUIRE(mkfifo((folder.path() + "/pipe").c_str(), 0600) == 0);
  CHECK_FALSE(resolve({Kind::file, "pipe"}, folder.path()));
  folder.file("nul", std::string("half\0a secret", 13));
  CHECK(resolve({Kind::file, "nul"}, folder.path()).error().message ==
        "the secret holds a NUL byte");
  std::filesystem::resize_file(folder.path() + "/nul", kLargestSecret + 1);
  CHECK(resolve({Kind::file, "nul"}, folder.path()).error().message.ends_with("over 1 MiB"));
}

TEST_CASE("secrets: what a command prints") {
  const Folder folder;
  folder.file("token", "from the vault\n");
  CHECK(*resolve({Kind::command, "cat token | tr a-z A-Z"}, folder.path()) == "FROM THE VAULT");
}

TEST_CASE("secrets: a command that fails tells why, and never the value") {
  const auto error =
      resolve({Kind::command, "echo hush-hush; echo 'no key for hush-hush' >&2; exit 3"}, "/")
          .error();
  CHECK(error.message.find("exit status 3: no key for ***") != std::string::npos);
}

}  // namespace
}  // namespace davit
