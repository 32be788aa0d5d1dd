// SPDX-License-Identifier: MIT
#include "tests/program/fleet.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "core/process/process.hpp"
#include "tests/program/port.hpp"

namespace program {

namespace {

void put(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  ::chmod(path.c_str(), 0600);
}

std::string get(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void must(const std::vector<std::string>& words) {
  const auto done = davit::run({.arguments = words});
  REQUIRE(done.has_value());
  REQUIRE_MESSAGE(done->status == 0, done->errors);
}

}  // namespace

Fleet::Fleet(int hosts, const std::string& more) : hosts_(hosts) {
  char made[] = "/tmp/davit-fleet-XXXXXX";
  REQUIRE(::mkdtemp(made) != nullptr);
  folder_ = made;
  port_ = free_port();
  for (const char* key : {"host", "user"})
    must({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key)});
  put(path("authorized"), get(path("user.pub")));
  auto config = more + "Port " + std::to_string(port_) + "\nHostKey " + path("host") +
                "\nPidFile " + path("pid") + "\nAuthorizedKeysFile " + path("authorized") +
                "\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
                "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nUseDNS no\n"
                "MaxStartups 1000\n";
  std::string known, homes;
  std::filesystem::create_directory(path("bin"));
  for (int host = 1; host <= hosts_; ++host) {
    std::filesystem::create_directory(path(name(host)));
    config += "ListenAddress " + name(host) + "\n";
    homes += "Match LocalAddress " + name(host) + (host == 1 ? ",::1" : "") +
             "\n  SetEnv HOME=" + home(host) + " PATH=" + path("bin") +
             ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n";
    known += "[" + name(host) + "]:" + std::to_string(port_) + " " + get(path("host.pub"));
  }
  put(path("known"), known);
  put(path("sshd"), config + homes);
  put(path("config"), "Host 127.0.1.*\n  Port " + std::to_string(port_) + "\n  IdentityFile " +
                          path("user") + "\n  IdentitiesOnly yes\n  UserKnownHostsFile " +
                          path("known") + "\n  GlobalKnownHostsFile /dev/null\n");
  if (::geteuid() == 0) std::filesystem::create_directories("/run/sshd");
  start();
}

Fleet::~Fleet() {
  cut();
  stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Fleet::name(int host) const { return "127.0.1." + std::to_string(host); }

std::string Fleet::team() const {
  std::string hosts;
  for (int host = 1; host <= hosts_; ++host)
    hosts += (hosts.empty() ? "\"" : ", \"") + name(host) + "\"";
  return "[groups]\nteam = [\"*@example.com\"]\n\n[targets.web]\nhosts = [" + hosts +
         "]\n\n[ssh]\nconfig = \".davit/ssh_config\"\n";
}

std::string Fleet::ssh_config() const { return get(path("config")); }

std::string Fleet::read(int host, const std::string& file) const {
  return get(home(host) + "/" + file);
}

void Fleet::write(int host, const std::string& file, const std::string& text) const {
  put(home(host) + "/" + file, text);
}

void Fleet::program(const std::string& name, const std::string& script) const {
  const auto file = path("bin/" + name);
  put(file + ".new", "#!/bin/sh\n" + script);
  ::chmod((file + ".new").c_str(), 0700);
  std::filesystem::rename(file + ".new", file);
}

void Fleet::shell(const std::string& text) const {
  put(path("authorized"), "command=\"" + text + "\" " + get(path("user.pub")));
}

int Fleet::logins() const {
  int count = 0;
  std::istringstream lines(get(path("log")));
  for (std::string line; std::getline(lines, line);)
    if (line.find("Accepted publickey") != std::string::npos) ++count;
  return count;
}

void Fleet::start() {
  const auto program = std::filesystem::exists("/usr/sbin/sshd") ? "/usr/sbin/sshd" : "sshd";
  server_ = ::fork();
  REQUIRE(server_ >= 0);
  if (server_ == 0) {
    ::setsid();
    // Its connections must not hold the tests' own output open.
    const int nothing = ::open("/dev/null", O_RDWR);
    for (const int stream : {0, 1, 2}) ::dup2(nothing, stream);
    const auto config = path("sshd"), log = path("log");
    ::execl(program, program, "-D", "-f", config.c_str(), "-E", log.c_str(), nullptr);
    ::_exit(127);
  }
  for (int look = 0; look < 500; ++look) {
    if (davit::run({.arguments = {"ssh", "-F", path("config"), "-o", "BatchMode=yes", name(hosts_),
                                  "true"}})
            ->status == 0)
      return;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  FAIL("sshd did not start: " << get(path("log")));
}

void Fleet::stop() {
  if (server_ <= 0) return;
  ::kill(server_, SIGTERM);
  ::waitpid(server_, nullptr, 0);
  server_ = -1;
}

void Fleet::cut_off() {
  ::kill(server_, SIGSTOP);
  cut();
  ::kill(server_, SIGKILL);
  stop();
}

void Fleet::cut() const {
  // The server's children serve one connection each, for other users than root with a child of
  // their own, which holds the connection; what runs behind them has sessions of its own.
  const auto server = std::to_string(server_);
  const auto children = davit::run({.arguments = {"pgrep", "-P", server}});
  std::istringstream lines(children ? children->output : "");
  for (std::string child; std::getline(lines, child);)
    static_cast<void>(
        davit::run({.arguments = {"pkill", "-KILL", "-P", child, "^sshd"}}).has_value());
  static_cast<void>(davit::run({.arguments = {"pkill", "-KILL", "-P", server}}).has_value());
}

}  // namespace program
