// SPDX-License-Identifier: MIT
#include "core/ssh/libssh_way.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/files/files.hpp"
#include "core/ssh/admission.hpp"
#include "core/ssh/known_hosts.hpp"
#include "core/ssh/libssh.hpp"
#include "core/ssh/why_lost.hpp"

namespace davit {

namespace {

constexpr std::size_t kPiece = 256u << 10;  // libssh queues without end what the socket leaves
constexpr int kMostTurns = 32;              // then others have theirs, whatever else has come
constexpr int kAgain = SSH_AGAIN, kOn = SSH_OK, kBroken = SSH_ERROR;

constexpr std::array<std::pair<const char*, std::array<ssh_options_e, 2>>, 5> kAlgorithms{{
    {"kexalgorithms", {SSH_OPTIONS_KEY_EXCHANGE, SSH_OPTIONS_KEY_EXCHANGE}},
    {"ciphers", {SSH_OPTIONS_CIPHERS_C_S, SSH_OPTIONS_CIPHERS_S_C}},
    {"macs", {SSH_OPTIONS_HMAC_C_S, SSH_OPTIONS_HMAC_S_C}},
    {"hostkeyalgorithms", {SSH_OPTIONS_HOSTKEYS, SSH_OPTIONS_HOSTKEYS}},
    {"pubkeyacceptedalgorithms",
     {SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES}},
}};

}  // namespace

Outcome libssh_is_there() {
  if (!libssh()) return libssh().error();
  return Done{};
}

LibsshWay::LibsshWay(Loop& loop, LibsshRoute route, std::shared_ptr<LibsshKeys> keys,
                     std::function<void()> refused)
    : loop_(loop), route_(std::move(route)), keys_(std::move(keys)), refused_(std::move(refused)) {}

LibsshWay::~LibsshWay() {
  watch_.reset();
  if (channel_ != nullptr) libssh()->channel_free(channel_);
  if (session_ == nullptr) return;
  // Without a farewell, which could wait: sshd sees the end of the connection.
  libssh()->disconnect(session_);
  libssh()->session_free(session_);
}

void LibsshWay::open(Ends ends) {
  ends_ = std::move(ends);
  timer_ = loop_.after(route_.connect_timeout, [this] {
    end(fmt::format("{} port {} did not answer in {}", route_.address, route_.port,
                    text(route_.connect_timeout)));
  });
  dialing_ = std::make_unique<Dialing>(
      loop_, route_.address, route_.port,
      [this](Result<Descriptor> socket) { connected(std::move(socket)); });
}

void LibsshWay::connected(Result<Descriptor> socket) {
  if (stage_ == Stage::over) return;
  if (!socket) return end(socket.error().message);
  session_ = libssh()->session_new();
  if (session_ == nullptr) return end("no memory is left");
  fresh_ = *std::move(socket);
  socket_ = fresh_.number();
  stage_ = Stage::shaking;
  if (!set_up()) return fail(libssh()->error(session_));
  turn();
}

bool LibsshWay::set_up() {
  const auto& ssh = *libssh();
  const auto set = [&](ssh_options_e option, const void* value) {
    return ssh.set(session_, option, value) == SSH_OK;
  };
  const int no = 0;
  const std::string nothing = "/dev/null";
  const auto& known = route_.known_hosts;
  bool good = set(SSH_OPTIONS_PROCESS_CONFIG, &no) &&
              set(SSH_OPTIONS_HOST, route_.address.c_str()) &&
              set(SSH_OPTIONS_PORT, &route_.port) && set(SSH_OPTIONS_USER, route_.user.c_str()) &&
              set(SSH_OPTIONS_FD, &socket_) &&
              set(SSH_OPTIONS_KNOWNHOSTS, (known.empty() ? nothing : known[0]).c_str()) &&
              set(SSH_OPTIONS_GLOBAL_KNOWNHOSTS, (known.size() < 2 ? nothing : known[1]).c_str());
  if (!route_.agent.empty() && route_.agent != kUsualAgent)
    good = good && set(SSH_OPTIONS_IDENTITY_AGENT, route_.agent.c_str());
  for (const auto& [keyword, options] : kAlgorithms) {
    const auto chosen = route_.algorithms.find(keyword);
    if (chosen == route_.algorithms.end()) continue;
    for (const auto option : options) good = good && set(option, chosen->second.c_str());
  }
  ssh.set_blocking(session_, 0);
  return good;
}

void LibsshWay::turn() {
  int came = kOn;
  while (came == kOn && stage_ != Stage::over) came = advance();
  if (stage_ == Stage::over) return;
  if (came == kBroken) return fail(trouble_.empty() ? libssh()->error(session_) : trouble_);
  watch();
}

int LibsshWay::advance() {
  const auto& ssh = *libssh();
  int came = kOn;
  switch (stage_) {
    case Stage::shaking:
      return shake();
    case Stage::proving:
      return prove();
    case Stage::opening:
      if (channel_ == nullptr) channel_ = ssh.channel_new(session_);
      came = channel_ == nullptr ? kBroken : ssh.channel_open(channel_);
      if (came == kOn) stage_ = Stage::asking;
      return came;
    case Stage::asking:
      came = ssh.channel_exec(channel_, route_.command.c_str());
      if (came != kOn) return came;
      stage_ = Stage::open;
      stay_alive();
      wants_room_ = true;
      return kOn;
    case Stage::open:
      return take_what_came();
    default:
      return kAgain;
  }
}

int LibsshWay::shake() {
  fresh_.release();
  const int came = libssh()->connect(session_);
  if (came == kAgain && is_hung_up()) {
    trouble_ = "Connection closed by remote host";
    return kBroken;
  }
  if (came != kOn) return came;
  trouble_ = distrust();
  if (!trouble_.empty()) return kBroken;
  stage_ = Stage::proving;
  return kOn;
}

std::string LibsshWay::key() const {
  if (!route_.agent.empty()) return "a key of the agent";
  return identity_ < route_.identities.size() ? route_.identities[identity_] : "";
}

// The keys that are trusted in this one's place: " SHA256:… (ED25519) in FILE".
std::string LibsshWay::trusted() const {
  std::string out;
  for (const auto& file : route_.known_hosts) {
    const auto text = read_file(file);
    if (!text) continue;
    for (const auto& key : keys_of(*text, name_in_file(route_.address, route_.port)))
      out += fmt::format("{}{} in {}", out.empty() ? "" : ", ", fingerprint(key), file);
  }
  return out;
}

// What libssh does not tell before the other side has said who it is: it would wait on.
bool LibsshWay::is_hung_up() const {
  char next = 0;
  const auto came = ::recv(socket_, &next, 1, MSG_PEEK | MSG_DONTWAIT);
  return came == 0 || (came < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

// The key that the host offers: "SHA256:… (ED25519)".
std::string LibsshWay::offered() const {
  const auto& ssh = *libssh();
  ssh_key key = nullptr;
  char* text = nullptr;
  KnownKey out;
  if (ssh.server_key(session_, &key) == SSH_OK && ssh.key_text(key, &text) == SSH_OK) {
    out.kind = ssh.kind_name(ssh.key_kind(key));
    out.key = text;
  }
  if (text != nullptr) ssh.free_text(text);
  if (key != nullptr) ssh.key_free(key);
  return out.key.empty() ? "no key" : fingerprint(out);
}

// Why the host is not the one it should be; empty when it is.
std::string LibsshWay::distrust() const {
  const auto known = libssh()->is_known_server(session_);
  if (known == SSH_KNOWN_HOSTS_OK) return "";
  const bool other = known == SSH_KNOWN_HOSTS_CHANGED || known == SSH_KNOWN_HOSTS_OTHER;
  if (other) return has_changed(offered(), trusted());
  return fmt::format("Host key verification failed. It offers {}, which known_hosts does not have.",
                     offered());
}

int LibsshWay::prove() {
  const int by_agent = prove_by_agent();
  if (by_agent != kBroken) return by_agent;
  const auto& ssh = *libssh();
  while (identity_ < route_.identities.size()) {
    const int came = ssh.auth_key(session_, nullptr, keys_->key(route_.identities[identity_]));
    if (came == SSH_AUTH_AGAIN) return kAgain;
    if (came == SSH_AUTH_SUCCESS) {
      stage_ = Stage::opening;
      return kOn;
    }
    if (came == SSH_AUTH_ERROR) return kBroken;
    ++identity_;
  }
  trouble_ = fmt::format("{}@{}: Permission denied (publickey).", route_.user, route_.address);
  return kBroken;
}

// kBroken: it has no key that is taken.
int LibsshWay::prove_by_agent() {
  if (route_.agent.empty()) return kBroken;
  const int came = libssh()->auth_agent(session_, nullptr);
  if (came == SSH_AUTH_AGAIN) return kAgain;
  if (came != SSH_AUTH_SUCCESS) {
    route_.agent.clear();
    return kBroken;
  }
  stage_ = Stage::opening;
  return kOn;
}

int LibsshWay::take_what_came() {
  const auto& ssh = *libssh();
  if (ssh.channel_poll(channel_, 0) == SSH_ERROR && !ssh.is_connected(session_)) return kBroken;
  int turns = 0;
  while (turns < kMostTurns && (read_stream(true) || read_stream(false))) ++turns;
  if (turns == kMostTurns) {
    turn_soon();
    return kAgain;
  }
  if (!ssh.is_connected(session_)) return kBroken;
  if (ssh.channel_is_eof(channel_) != 0 || ssh.channel_is_closed(channel_) != 0) {
    end("");
    return kAgain;
  }
  if (wants_room_ && ssh.channel_window(channel_) > 0 &&
      (ssh.poll_flags(session_) & SSH_WRITE_PENDING) == 0) {
    wants_room_ = false;
    ends_.room();
  }
  return kAgain;
}

bool LibsshWay::read_stream(bool errors) {
  std::array<char, 32u << 10> room;
  const int came = libssh()->channel_read(channel_, room.data(), room.size(), errors ? 1 : 0);
  if (came <= 0) return false;
  const std::string_view bytes(room.data(), static_cast<std::size_t>(came));
  if (errors)
    ends_.errors(bytes);
  else
    ends_.output(bytes);
  return true;
}

void LibsshWay::write(std::string_view& from) {
  if (stage_ != Stage::open) {
    if (stage_ == Stage::over) from = {};
    return;
  }
  const auto& ssh = *libssh();
  while (!from.empty() && (ssh.poll_flags(session_) & SSH_WRITE_PENDING) == 0) {
    const auto most = std::min<std::size_t>({from.size(), kPiece, ssh.channel_window(channel_)});
    const int went =
        most == 0 ? 0 : ssh.channel_write(channel_, from.data(), static_cast<std::uint32_t>(most));
    if (went <= 0) break;
    from.remove_prefix(static_cast<std::size_t>(went));
  }
  wants_room_ = !from.empty();
  watch();
  // Answers may have come in while it was sent, and no more may come to wake us.
  turn_soon();
}

void LibsshWay::turn_soon() {
  if (soon_) return;
  soon_ = loop_.after(Duration{0}, [this] {
    soon_.reset();
    turn();
  });
}

void LibsshWay::watch() {
  const bool both = (libssh()->poll_flags(session_) & SSH_WRITE_PENDING) != 0;
  if (watch_ && both == watches_both_) return;
  watches_both_ = both;
  watch_.reset();
  const auto woken = [this] {
    heard_ = true;
    turn();
  };
  watch_ = both ? loop_.on_either(socket_, woken) : loop_.on_readable(socket_, woken);
}

// The other side is asked to answer when it was silent; silence all the same is the end.
void LibsshWay::stay_alive() {
  if (route_.alive_interval <= Duration{0}) return timer_.reset();
  timer_ = loop_.after(route_.alive_interval, [this] {
    silent_ = std::exchange(heard_, false) ? 0 : silent_ + 1;
    if (silent_ > route_.alive_count)
      return end(fmt::format("{} has not answered for {}", route_.address,
                             text(route_.alive_interval * silent_)));
    if (silent_ > 0) {
      // The first takes in the answer to the one before, the second asks.
      libssh()->send_keepalive(session_);
      libssh()->send_keepalive(session_);
    }
    stay_alive();
    watch();
  });
}

void LibsshWay::fail(const std::string& why) {
  const bool agreed = stage_ == Stage::open || stage_ == Stage::asking;
  if (!agreed && refused_ && !was_dropped(why)) refused_();
  end(why);
}

void LibsshWay::end(const std::string& why) {
  if (stage_ == Stage::over) return;
  stage_ = Stage::over;
  watch_.reset();
  timer_.reset();
  soon_.reset();
  ends_.ended(why);
}

}  // namespace davit
