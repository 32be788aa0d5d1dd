// SPDX-License-Identifier: MIT
#include "core/ssh/kept_way.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace davit {

namespace {

constexpr std::uint32_t kHello = 1, kVersion = 4;
constexpr std::uint32_t kNewSession = 0x10000002, kNoEscape = 0xffffffff;
constexpr std::uint32_t kDenied = 0x80000002, kFailure = 0x80000003, kOpened = 0x80000006;
constexpr std::size_t kLongestMessage = 256u << 10;  // as ssh has it
constexpr Duration kPatience = std::chrono::seconds(10);

void put(std::string& into, std::uint32_t number) {
  for (const int shift : {24, 16, 8, 0}) into += static_cast<char>(number >> shift & 0xff);
}

void put(std::string& into, std::string_view text) {
  put(into, static_cast<std::uint32_t>(text.size()));
  into += text;
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + 4; ++i)
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

std::string message(const std::string& body) {
  std::string out;
  put(out, body);
  return out;
}

Error no_connection(const std::string& path, int number) {
  return {fmt::format("no connection is kept at {}: {}", path, std::strerror(number))};
}

// Nobody but this user, or root, is told what runs on the hosts.
bool is_ours(const Descriptor& socket) {
  struct ucred peer {};
  socklen_t size = sizeof peer;
  return ::getsockopt(socket.number(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         (peer.uid == ::geteuid() || peer.uid == 0);
}

// Not open where nobody is there.
Result<Descriptor> connected(const std::string& path) {
  struct sockaddr_un address {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return no_connection(path, ENAMETOOLONG);
  path.copy(address.sun_path, path.size());
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.open()) return no_connection(path, errno);
  if (::connect(socket.number(), reinterpret_cast<const struct sockaddr*>(&address),
                sizeof address) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED) return Descriptor();
    return no_connection(path, errno);  // EAGAIN: too many others wait for them
  }
  if (!is_ours(socket)) return no_connection(path, EPERM);
  return socket;
}

// Each goes with a byte of its own.
bool pass(const Descriptor& socket, const Descriptor& passed) {
  char nothing = 0;
  struct iovec data {
    &nothing, 1
  };
  alignas(struct cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
  struct msghdr message {};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = room.size();
  auto* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  const int number = passed.number();
  std::memcpy(CMSG_DATA(header), &number, sizeof number);
  return ::sendmsg(socket.number(), &message, MSG_NOSIGNAL) == 1;
}

// All of it is small enough for what the system keeps of a socket that nobody reads yet.
Outcome ask(const Descriptor& socket, const std::string& command,
            const std::array<const Descriptor*, 3>& streams) {
  const auto words = asking_for_session(command);
  bool sent = ::send(socket.number(), words.data(), words.size(), MSG_NOSIGNAL) ==
              static_cast<ssize_t>(words.size());
  for (const auto* stream : streams) sent = sent && pass(socket, *stream);
  if (sent) return Done{};
  return Error{"the ssh that keeps the connection does not listen"};
}

}  // namespace

std::string asking_for_session(const std::string& command) {
  std::string hello, session;
  put(hello, kHello);
  put(hello, kVersion);
  put(session, kNewSession);
  put(session, 0u);                              // the request's number
  put(session, "");                              // reserved
  for (int i = 0; i < 4; ++i) put(session, 0u);  // no terminal, X11, agent, subsystem
  put(session, kNoEscape);
  put(session, "");  // the terminal's kind
  put(session, command);
  return message(hello) + message(session);
}

bool KeptAnswers::hear(std::string_view bytes) {
  unheard_ += bytes;
  while (unheard_.size() >= 4) {
    const std::size_t size = number_at(unheard_, 0);
    if (size < 8 || size > kLongestMessage) return false;
    if (unheard_.size() < 4 + size) return true;
    if (!hear_one(std::string_view(unheard_).substr(4, size))) return false;
    unheard_.erase(0, 4 + size);
  }
  return true;
}

// Each has a kind and a number: the version, or that of the request or session.
bool KeptAnswers::hear_one(std::string_view message) {
  const auto kind = number_at(message, 0);
  if (kind == kHello) return number_at(message, 4) == kVersion;
  if (kind == kOpened) opened = true;
  if (kind == kDenied || kind == kFailure)
    refused = message.size() > 12 ? message.substr(12) : "it gives no reason";
  return true;
}

Result<std::unique_ptr<Way>> KeptWay::make(Loop& loop, const std::string& socket,
                                           const std::string& command,
                                           std::function<void()> refused) {
  DAVIT_TRY(auto there, connected(socket));
  if (!there.open()) return std::unique_ptr<Way>();
  DAVIT_TRY(auto input, make_pipe());
  DAVIT_TRY(auto output, make_pipe());
  DAVIT_TRY(auto errors, make_pipe());
  DAVIT_CHECK(ask(there, command, {&input.read, &output.write, &errors.write}));
  for (const auto* ours : {&input.write, &output.read, &errors.read}) never_wait(*ours);
  Streams streams{std::move(input.write), std::move(output.read), std::move(errors.read)};
  return std::unique_ptr<Way>(
      new KeptWay(loop, std::move(streams), std::move(there), std::move(refused)));
}

void KeptWay::open(Ends ends) {
  PipedWay::open(std::move(ends));
  watch_ = loop_.on_readable(socket_.number(), [this] { listen(); });
  late_ = loop_.after(kPatience, [this] { end(); });
}

void KeptWay::listen() {
  std::string came;
  const auto flow = read_some(socket_, came);
  if (!answers_.hear(came) && answers_.refused.empty()) answers_.refused = "it speaks otherwise";
  if (flow == Flow::ended) watch_.reset();
  if (answers_.opened) late_.reset();
  if (!answers_.refused.empty() || (flow == Flow::ended && !answers_.opened)) end();
}

std::string KeptWay::why() {
  watch_.reset();
  late_.reset();
  if (answers_.opened && answers_.refused.empty()) return "";
  if (refused_) refused_();
  return fmt::format("the ssh that keeps the connection opened no session: {}",
                     answers_.refused.empty() ? "it does not answer" : answers_.refused);
}

}  // namespace davit
