// SPDX-License-Identifier: MIT
// README.md, "Five minutes": every command is typed, and davit prints what stands below it.
//
// Moments, durations, ids and sizes are another each time. So is whether a try came too early (a
// line with ↻): one that stands there must have been printed, but it need not be the same ones.
// DAVIT_ACCEPT=1 writes what is printed now.
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "tests/program/scratch.hpp"

namespace {

using program::Scratch;
using Lines = std::vector<std::string>;

const std::string kReadme = DAVIT_SOURCE_DIR "/README.md";
const std::string kMark = "\x01";

// A command, or none (what stands between), and the lines below it.
struct Part {
  Lines command, below;
  bool typed() const { return !command.empty(); }
};

// The whole README; commands are those of the chapter's fences.
std::vector<Part> parts_of_readme() {
  std::ifstream readme(kReadme);
  std::vector<Part> parts(1);
  bool chapter = false, fenced = false, goes_on = false;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("## ")) chapter = line == "## Five minutes";
    if (line.starts_with("```")) {
      fenced = chapter && !fenced;
      parts.emplace_back();
    }
    const bool command = fenced && line.starts_with("$ ");
    if (command) parts.emplace_back();
    if (fenced && !command && !goes_on && line.empty()) parts.emplace_back();
    (command || goes_on ? parts.back().command : parts.back().below).push_back(line);
    goes_on = (command || goes_on) && line.ends_with("\\");
  }
  return parts;
}

std::string exchanged(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

Lines split(const std::string& text, char by) {
  Lines out(1);
  for (const char c : text)
    if (c == by)
      out.emplace_back();
    else
      out.back() += c;
  return out;
}

bool is_free(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<in_port_t>(port));
  const bool bound = bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(socket);
  return bound;
}

// As long as 8101, and ending as it does, for what the chapter does to them. Who tests beside us
// looks elsewhere first.
int three_free_ports() {
  constexpr int kTens = 290;
  for (int i = 0; i < kTens; ++i) {
    const int port = 7001 + 10 * ((getpid() + i) % kTens);
    if (is_free(port) && is_free(port + 1) && is_free(port + 2)) return port;
  }
  FAIL("no three free ports");
  return 0;
}

// What the chapter takes for granted, elsewhere: a folder, three ports, a davit.
class Reader {
 public:
  Reader() : port_(three_free_ports()) {
    const std::string program = DAVIT_PROGRAM;
    scratch_.run({"mkdir", "-p", scratch_.path("build")});
    scratch_.run(
        {"ln", "-s", program.substr(0, program.rfind('/')), scratch_.path("build/release")});
    scratch_.run({"cp", "-R", DAVIT_SOURCE_DIR "/examples", scratch_.path("examples")});
    const std::string definition = "examples/quickstart/.davit/definitions/hello.toml";
    scratch_.write(definition, elsewhere(scratch_.read(definition)));
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { scratch_.run({"make", "-s", "-C", scratch_.path("hello"), "stop"}); }

  // What is printed below each command, as if it had been typed where README.md says.
  std::vector<Lines> type(const std::vector<Part>& parts) {
    std::string script = "exec 2>&1\n";
    for (const Part& part : parts)
      if (part.typed())
        script += "printf '" + kMark + "'\n" + joined(part.command).substr(2) +
                  "s=$?; [ $s = 0 ] || echo \"[exit $s]\"\n";
    scratch_.write("typed", elsewhere(script));
    const auto said = here(scratch_.run({"bash", scratch_.path("typed")}).out);
    std::vector<Lines> out;
    for (const auto& one : split(said, kMark.front())) {
      out.push_back(split(one, '\n'));
      out.back().pop_back();
    }
    out.erase(out.begin());
    return out;
  }

 private:
  std::string elsewhere(std::string text) const {
    for (int i = 0; i < 3; ++i)
      text = exchanged(text, std::to_string(8101 + i), std::to_string(port_ + i));
    return exchanged(text, "/tmp/hello", scratch_.path("hello"));
  }
  std::string here(std::string text) const {
    for (int i = 0; i < 3; ++i)
      text = exchanged(text, std::to_string(port_ + i), std::to_string(8101 + i));
    return exchanged(text, scratch_.path("hello"), "/tmp/hello");
  }

  Scratch scratch_;
  int port_;
};

bool too_early(const std::string& line) { return line.find("| ↻") != std::string::npos; }

// Without what is another each time.
std::string lasting(std::string line) {
  static const std::vector<std::pair<std::regex, const char*>> kPassing = {
      {std::regex("[0-9]{4}\\.[0-9]{2}\\.[0-9]{2}-"), "DATE-"},
      {std::regex("\\b[0-9]{2}:[0-9]{2}(:[0-9]{2})?\\b"), "TIME"},
      {std::regex("\\b[0-9.]+ ?(ms|s|m|kB)\\b"), "SOME"},
      {std::regex("\\b[0-9a-f]{7,}(…|\\b)"), "ID"},
      {std::regex("process [0-9]+"), "process N"},
      {std::regex(" +"), " "}};
  for (const auto& [what, word] : kPassing) line = std::regex_replace(line, what, word);
  return line;
}

Lines lasting(const Lines& lines) {
  Lines out;
  for (const auto& line : lines)
    if (!too_early(line)) out.push_back(lasting(line));
  return out;
}

// Of which port it is does not matter.
Lines early_ones(const Lines& lines) {
  static const std::regex kPort("810[123]");
  Lines out;
  for (const auto& line : lines)
    if (too_early(line)) out.push_back(std::regex_replace(lasting(line), kPort, "PORT"));
  return out;
}

void accept(std::vector<Part> parts, const std::vector<Lines>& printed) {
  std::size_t next = 0;
  std::string text;
  for (Part& part : parts) {
    if (part.typed()) part.below = printed[next++];
    text += joined(part.command) + joined(part.below);
  }
  std::ofstream(kReadme) << text;
  MESSAGE("accepted " << kReadme);
}

TEST_CASE("README.md's first five minutes are what davit prints") {
  const auto parts = parts_of_readme();
  const auto typed =
      std::count_if(parts.begin(), parts.end(), [](const Part& part) { return part.typed(); });
  REQUIRE(typed > 20);
  Reader reader;
  const auto printed = reader.type(parts);
  REQUIRE(printed.size() == static_cast<std::size_t>(typed));
  const char* told = std::getenv("DAVIT_ACCEPT");
  if (told && std::string(told) == "1") return accept(parts, printed);
  Lines early;
  for (const auto& lines : printed)
    for (auto& line : early_ones(lines)) early.push_back(std::move(line));
  std::size_t next = 0;
  for (const Part& part : parts) {
    if (!part.typed()) continue;
    INFO("what stands in README.md, and DAVIT_ACCEPT=1 writes anew: ", part.command.front());
    CHECK(joined(lasting(printed[next++])) == joined(lasting(part.below)));
    for (const auto& line : early_ones(part.below))
      CHECK_MESSAGE(std::count(early.begin(), early.end(), line) > 0, line);
  }
}

}  // namespace
