// SPDX-License-Identifier: MIT
// What OpenSSH says, word for word, and what is made of it.
#include "core/ssh/ssh_words.hpp"

#include <doctest/doctest.h>

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
                                            "/home/ann/a b:c/known", 7});
  CHECK(last_line(kChanged) == "Host key verification failed.");
  CHECK_FALSE(changed_key("Host key verification failed.\n").has_value());
  CHECK_FALSE(changed_key("REMOTE HOST IDENTIFICATION HAS CHANGED").has_value());
  CHECK(last_line("one\r\n\r\n") == "one");
  CHECK(last_line("").empty());
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
