// SPDX-License-Identifier: MIT
// What OpenSSH says, word for word, and what is made of it.
#include "core/ssh/ssh_words.hpp"

#include <doctest/doctest.h>

#include "core/ssh/admission.hpp"
#include "core/ssh/why_lost.hpp"

using namespace davit;

namespace {

const char* const kChanged = R"(@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Someone could be eavesdropping on you right now (man-in-the-middle attack)!
It is also possible that a host key has just been changed.
The fingerprint for the ED25519 key sent by the remote host is
SHA256:JusAqiKK9kn0lSN45tzMoQTt1OmmQv7z8KEiiDXw7/k.
Please contact your system administrator.
Add correct host key in /home/ann/a b:c/known to get rid of this message.
Offending ED25519 key in /home/ann/a b:c/known:7
  remove with:
  ssh-keygen -f "/home/ann/a b:c/known" -R "[127.0.1.1]:2222"
Host key for [127.0.1.1]:2222 has changed and you have requested strict checking.
Host key verification failed.
)";

}  // namespace

TEST_CASE("a host's changed key is told with what is trusted and where") {
  CHECK(changed_key(kChanged) == ChangedKey{"ED25519",
                                            "SHA256:JusAqiKK9kn0lSN45tzMoQTt1OmmQv7z8KEiiDXw7/k",
                                            "/home/ann/a b:c/known", 7, "[127.0.1.1]:2222"});
  CHECK(last_line(kChanged) == "Host key verification failed.");
  CHECK_FALSE(changed_key("Host key verification failed.\n").has_value());
  CHECK_FALSE(changed_key("REMOTE HOST IDENTIFICATION HAS CHANGED").has_value());
  CHECK(last_line("one\r\n\r\n") == "one");
  CHECK(last_line("").empty());
}

TEST_CASE("a key that was refused on the way is told from the host's own") {
  const std::string refused = "Host key verification failed.\r\n";
  const std::string lost = "kex_exchange_identification: Connection closed by remote host\r\n";
  CHECK(was_refused_on_the_way(kChanged + lost));
  CHECK(was_refused_on_the_way(refused + "Connection closed by UNKNOWN port 65535\r\n"));
  CHECK_FALSE(was_refused_on_the_way(kChanged));
  CHECK_FALSE(was_refused_on_the_way(lost));
  CHECK_FALSE(was_refused_on_the_way(lost + refused + "Killed by signal 1.\r\n"));
  CHECK_FALSE(was_dropped(refused + lost));
  const std::string unknown =
      "No ED25519 host key is known for [jump]:2222 and you have requested strict checking.\r\n";
  CHECK(why_lost(unknown + refused + lost) ==
        "the host key of the jump host [jump]:2222 is not trusted");
  CHECK(why_lost(refused + lost) == "the host key of a jump host is not trusted");
}

TEST_CASE("how ssh got in is read from what it says") {
  const std::string said =
      "debug1: Offering public key: /k/a RSA SHA256:aaa agent\r\n"
      "debug1: Server accepts key: /k/user ED25519 SHA256:bbb explicit\r\n"
      "Authenticated to 127.0.1.1 ([127.0.1.1]:2222) using \"publickey\".\r\n";
  CHECK(got_in(said) == GotIn{"publickey", "/k/user ED25519 SHA256:bbb explicit"});
  CHECK(got_in("Authenticated to web1 (via proxy) using \"hostbased\".\n") ==
        GotIn{"hostbased", ""});
  CHECK(got_in("debug1: Server accepts key: /k/user\nConnection closed\n") == GotIn{"", ""});
}

TEST_CASE("a connection that was dropped is told from one that was refused") {
  CHECK(was_dropped("kex_exchange_identification: read: Connection reset by peer\n"));
  CHECK(was_dropped("Connection closed by remote host"));
  CHECK_FALSE(was_dropped("ssh: connect to host web1 port 22: Connection refused\n"));
  CHECK_FALSE(was_dropped("ann@web1: Permission denied (publickey).\n"));
  CHECK_FALSE(was_dropped("Host key verification failed.\n"));
}

TEST_CASE("what to do follows from what was said") {
  const Host host{.name = "web1"};
  CHECK(next_step(host, "Host key verification failed.") == "davit hosts trust web1");
  CHECK(next_step(host, "Host key verification failed.", true) ==
        "commit .davit/known_hosts: keys that are not committed do not count");
  CHECK(next_step(host, "its host key is A, another than the one that is trusted: B") ==
        "davit hosts trust web1 shows both keys");
  CHECK(next_step(host, "ann@web1: Permission denied (publickey).").find("ssh-add -l") !=
        std::string::npos);
  CHECK(next_step(host, "ssh: connect to host web1 port 22: Connection refused") ==
        "is it up, and does sshd listen there?");
  CHECK(next_step(host, "something else").empty());
}
