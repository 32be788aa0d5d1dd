// SPDX-License-Identifier: MIT
#include "core/ssh/host_visit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>

#include "core/clock/clock.hpp"
#include "core/ssh/inquiries.hpp"
#include "core/ssh/ssh_words.hpp"
#include "core/ssh/target_shell.hpp"
#include "core/ssh/why_lost.hpp"

namespace davit {

namespace {

constexpr Duration kLongest = std::chrono::seconds(20);

void fail(HostVisit& visit, const Host& host, Error error) {
  visit.trouble = std::move(error);
  if (visit.trouble.hint.empty()) visit.trouble.hint = next_step(host, visit.trouble.message);
}

// How it would be reached; false where that can't be told.
bool look_up(Ways& ways, const Host& host, HostVisit& visit) {
  const auto settings = ways.settings(host);
  if (!settings) {
    fail(visit, host, settings.error());
    return false;
  }
  visit.user = settings->value("user");
  visit.address = settings->value("hostname");
  visit.port = settings->value("port");
  visit.proxy = settings->proxy();
  const auto transport = ways.transport(host);
  if (!transport) {  // only what was asked for fails
    visit.transport = {Transport::Kind::libssh, "it was asked for"};
    fail(visit, host, transport.error());
    return false;
  }
  visit.transport = *transport;
  return true;
}

// By OpenSSH, which says by which key it got in.
void hear(const Host& host, const Inquiry& inquiry, HostVisit& visit) {
  visit.took = inquiry.took;
  if (!inquiry.said) return fail(visit, host, inquiry.said.error());
  const auto in = got_in(inquiry.said->errors);
  visit.key = in.key.empty() ? in.method : in.key;
  visit.reached = !in.method.empty() && inquiry.said->status == 0;
  if (!visit.reached) fail(visit, host, {why_lost(inquiry.said->errors)});
}

// By libssh: a shell is opened and left again.
class Knocking {
 public:
  Knocking(Ways& ways, const Host& host, HostVisit& visit)
      : host_(host), visit_(visit), began_(system_clock().now()) {
    auto way = ways.make(host);
    if (!way) {
      end(way.error());
      return;
    }
    way_ = way->get();
    shell_.emplace(*std::move(way), tongue_of(host.shell), RemoteFolder{host.state, ""},
                   Listener{[this] { end({}); }, [](std::string_view) {}, [](const Answer&) {},
                            [this](const Error& error) { end(error); }});
  }
  Knocking(const Knocking&) = delete;
  Knocking& operator=(const Knocking&) = delete;

  bool over() const { return over_; }
  void give_up() {
    if (!over_) end({fmt::format("no answer for {}", davit::text(kLongest))});
  }

 private:
  void end(Error error) {
    if (over_) return;
    over_ = true;
    visit_.took = system_clock().now() - began_;
    visit_.reached = error.message.empty();
    if (!visit_.reached) return fail(visit_, host_, std::move(error));
    visit_.key = way_->key();
  }

  const Host& host_;
  HostVisit& visit_;
  Instant began_;
  bool over_ = false;
  Way* way_ = nullptr;
  std::optional<TargetShell> shell_;
};

void knock(Loop& loop, Ways& ways, const std::vector<Host>& hosts,
           const std::vector<std::size_t>& which, std::vector<HostVisit>& visits) {
  std::deque<Knocking> all;
  for (const auto i : which) all.emplace_back(ways, hosts[i], visits[i]);
  static_cast<void>(loop.until(
      [&] {
        return std::all_of(all.begin(), all.end(), [](const auto& one) { return one.over(); });
      },
      kLongest));
  for (auto& one : all) one.give_up();
}

}  // namespace

std::vector<HostVisit> visit(Loop& loop, const Reach& reach, const std::vector<Host>& hosts) {
  Ways ways(loop, reach);
  std::vector<HostVisit> out(hosts.size());
  std::vector<std::size_t> by_ssh, by_libssh;
  std::vector<Invocation> questions;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    if (!look_up(ways, hosts[i], out[i])) continue;
    const bool inside = out[i].transport.kind == Transport::Kind::libssh;
    (inside ? by_libssh : by_ssh).push_back(i);
    if (inside) continue;
    questions.push_back(openssh_visit(reach, hosts[i]));
    questions.back().timeout = kLongest;
  }
  const bool by_others =
      std::any_of(out.begin(), out.end(), [](const auto& one) { return !one.proxy.empty(); });
  const auto said = ask_all(loop, questions, by_others ? 10 : 32);  // what a jump host takes
  for (std::size_t i = 0; i < by_ssh.size(); ++i) hear(hosts[by_ssh[i]], said[i], out[by_ssh[i]]);
  knock(loop, ways, hosts, by_libssh, out);
  for (std::size_t i = 0; i < hosts.size(); ++i)
    if (reach.keys_wait && is_distrusted(out[i].trouble.message))
      out[i].trouble.hint = next_step(hosts[i], out[i].trouble.message, true);
  return out;
}

}  // namespace davit
