// SPDX-License-Identifier: MIT
// Connections that OpenSSH keeps from one run to the next, and what may be found in their place.
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/program/site.hpp"

namespace {

using program::on_targets;
using program::says;
using program::Site;
using program::Spoken;

namespace fs = std::filesystem;

const char* const kDid = R"(
  [[environments.dev.steps]]
  run = "echo did >>did"
)";

// Connections are kept where the test can see them, and every call of ssh is written down.
struct Kept : Site {
  fs::path sockets = fs::temp_directory_path() / ("davit-kept-" + std::to_string(::getpid()));

  explicit Kept(const std::string& steps = kDid) : Site(2, on_targets(steps)) {
    fs::remove_all(sockets);
    fs::create_directory(sockets);
    told.write(".davit/ssh_config",
               "Host *\n  ControlMaster auto\n  ControlPersist 60\n  ControlPath " +
                   sockets.string() + "/%h\n" + fleet.ssh_config());
    told.write("bin/ssh", "#!/bin/sh\necho \"$@\" >>" + told.path("calls") +
                              "\nPATH=/usr/bin:/bin exec ssh \"$@\"\n");
    ::chmod(told.path("bin/ssh").c_str(), 0700);
    told.set("PATH", told.path("bin") + ":/usr/bin:/bin");
    told.commit("connections are kept");
    told.davit({"create"});
  }
  ~Kept() {
    for (const auto& socket : fs::directory_iterator(sockets))
      told.run({"ssh", "-o", "ControlPath=" + socket.path().string(), "-O", "exit", "nowhere"});
    fs::remove_all(sockets);
  }
  // How often ssh was called to go to a host since it was last asked.
  int goings() {
    std::istringstream lines(told.read("calls"));
    int count = 0;
    for (std::string line; std::getline(lines, line);)
      if (line.find("-G") == std::string::npos) ++count;
    told.write("calls", "");
    return count;
  }
  std::string socket(int host) const { return (sockets / fleet.name(host)).string(); }
};

// A socket in the place of a kept connection. Nobody listens, or as many wait as may, or somebody
// says something to everyone.
class Impostor {
 public:
  enum class Manner { gone, deaf, speaks };
  Impostor(const std::string& path, Manner manner, std::string says)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    struct sockaddr_un address {};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    path.copy(address.sun_path, path.size());
    REQUIRE(::bind(socket_, reinterpret_cast<const struct sockaddr*>(&address), sizeof address) ==
            0);
    if (manner == Manner::gone) return;
    REQUIRE(::listen(socket_, manner == Manner::deaf ? 0 : 10) == 0);
    if (manner == Manner::speaks)
      thread_ = std::thread([this, words = std::move(says)] { speak(words); });
    else
      fill(address);
  }
  ~Impostor() {
    ::shutdown(socket_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    for (const int one : waiting_) ::close(one);
    ::close(socket_);
  }
  Impostor(const Impostor&) = delete;
  Impostor& operator=(const Impostor&) = delete;

 private:
  void speak(const std::string& words) const {
    for (int one = ::accept(socket_, nullptr, nullptr); one >= 0;
         one = ::accept(socket_, nullptr, nullptr)) {
      CHECK(::send(one, words.data(), words.size(), MSG_NOSIGNAL) >= 0);
      ::close(one);
    }
  }

  void fill(const struct sockaddr_un& address) {
    int connected = 0;
    while (connected == 0) {
      waiting_.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
      connected = ::connect(waiting_.back(), reinterpret_cast<const struct sockaddr*>(&address),
                            sizeof address);
    }
    CHECK(errno == EAGAIN);
  }

  int socket_;
  std::vector<int> waiting_;
  std::thread thread_;
};

TEST_CASE("a connection that is kept is used, and no ssh is started for it") {
  Kept site;
  CHECK(site.told.davit({"run"}).status == 0);
  CHECK(site.goings() == 2);
  const int logins = site.fleet.logins();
  site.told.davit({"create"});
  const Spoken run = site.told.davit({"run"});
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.goings() == 0);
  CHECK(site.fleet.logins() == logins);
  CHECK(site.fleet.read(1, "did") == "did\ndid\n");
  CHECK(site.fleet.read(2, "did") == "did\ndid\n");
}

TEST_CASE("who keeps a connection is killed: the step is found again by another") {
  Kept site(R"(
  [[environments.dev.steps]]
  run = "echo begun >>did; while [ ! -e go ]; do sleep 0.05; done; echo line; echo ended >>did"
)");
  site.told.run({"ssh", "-F", site.told.path(".davit/ssh_config"), site.fleet.name(1), "true"});
  REQUIRE(fs::exists(site.socket(1)));
  std::thread meanwhile([&] {
    site.wait_for(1, "did", "begun");
    site.told.run({"ssh", "-o", "ControlPath=" + site.socket(1), "-O", "exit", "nowhere"});
    for (const int host : {1, 2}) site.fleet.write(host, "go", "");
  });
  const Spoken run = site.told.davit({"run", "--verbose"});
  meanwhile.join();
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(site.fleet.read(1, "did") == "begun\nended\n");
}

TEST_CASE("what only looks like a kept connection is gone round") {
  using Manner = Impostor::Manner;
  const std::pair<Manner, std::string> cases[] = {
      {Manner::gone, ""},
      {Manner::deaf, "it is busy"},
      {Manner::speaks, ""},
      {Manner::speaks, "HTTP/1.1 400 Bad Request\r\n\r\n"}};
  for (const auto& one : cases) {
    CAPTURE(one.second);
    Kept site;
    const Impostor impostor(site.socket(1), one.first, one.second);
    const Spoken run = site.told.davit({"run"});
    CHECK_MESSAGE(run.status == 0, run.err);
    CHECK(site.fleet.read(1, "did") == "did\n");
    CHECK(site.fleet.read(2, "did") == "did\n");
    fs::remove(site.socket(1));
  }
}

}  // namespace
