// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "core/http/http.hpp"
#include "tests/world/loopback_server.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = url;
  return request;
}

}  // namespace

TEST_CASE("an answer comes with its status and body, whatever the status") {
  LoopbackServer server([](const Asked& asked) {
    return asked.path == "/lost" ? answer(404, "not here") : answer(200, "hello");
  });
  const auto found = ask(get(server.address() + "/"));
  REQUIRE(found);
  CHECK(found->status == 200);
  CHECK(found->body == "hello");
  const auto lost = ask(get(server.address() + "/lost"));
  REQUIRE(lost);
  CHECK(lost->status == 404);
  CHECK(lost->body == "not here");
}

TEST_CASE("method, headers and body arrive as given, and nothing is guessed") {
  LoopbackServer server([](const Asked&) { return answer(201, ""); });
  auto request = get(server.address() + "/hook");
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
  request.body = R"({"a":1})";
  REQUIRE(ask(request));
  request.headers.clear();
  request.method = "PUT";
  request.body.clear();
  REQUIRE(ask(request));
  const auto asked = server.asked();
  REQUIRE(asked.size() == 2);
  CHECK(asked[0].method == "POST");
  CHECK(asked[0].body == R"({"a":1})");
  CHECK(holds(asked[0].headers, "Content-Type: application/json\r\n"));
  CHECK(holds(asked[0].headers, "X-Empty:"));
  CHECK_FALSE(holds(asked[0].headers, "form"));
  CHECK(asked[1].method == "PUT");
  CHECK(holds(asked[1].headers, "Content-Length: 0"));
  CHECK_FALSE(holds(asked[1].headers, "Content-Type"));
}

TEST_CASE("redirects are followed, and the caller's headers stay at home") {
  LoopbackServer other([](const Asked&) { return answer(200, "there"); });
  LoopbackServer server([&](const Asked& asked) {
    if (asked.path == "/near") return answer(302, "go", "Location: /here\r\n");
    if (asked.path == "/far") return answer(302, "go", "Location: " + other.address() + "/x\r\n");
    if (asked.path == "/kept") return answer(307, "go", "Location: /here\r\n");
    return answer(200, "here");
  });
  auto request = get(server.address() + "/near");
  request.headers = {{"Private-Token", "hunter22"}};
  CHECK(ask(request)->body == "here");
  CHECK(holds(server.asked().back().headers, "hunter22"));
  request.url = server.address() + "/far";
  CHECK(ask(request)->body == "there");
  CHECK_FALSE(holds(other.asked().back().headers, "hunter22"));
  request.method = "POST";
  request.body = "x";
  request.url = server.address() + "/near";
  REQUIRE(ask(request));
  CHECK(server.asked().back().method == "GET");
  request.url = server.address() + "/kept";
  REQUIRE(ask(request));
  CHECK(server.asked().back().method == "POST");
  CHECK(server.asked().back().body == "x");
}

TEST_CASE("redirects in a circle or to a file end in an error") {
  LoopbackServer server([](const Asked& asked) {
    return answer(
        302, "",
        asked.path == "/file" ? "Location: file:///etc/passwd\r\n" : "Location: /again\r\n");
  });
  const auto circle = ask(get(server.address() + "/"));
  REQUIRE_FALSE(circle);
  CHECK(holds(circle.error().message, "redirects more than 5 times"));
  CHECK(server.asked().size() == 6);
  auto request = get(server.address() + "/file");
  request.allow_file = true;
  const auto file = ask(request);
  REQUIRE_FALSE(file);
  CHECK(holds(file.error().message, "neither http nor https"));
}

TEST_CASE("no answer is an error that shows no credentials") {
  int port = 0;
  {
    const LoopbackServer gone([](const Asked&) { return std::string(); });
    port = gone.port();
  }
  const auto none =
      ask(get("http://bob:hunter22@127.0.0.1:" + std::to_string(port) + "/a?key=hunter22"));
  REQUIRE_FALSE(none);
  CHECK(holds(none.error().message, "no answer from http://127.0.0.1:"));
  CHECK_FALSE(holds(none.error().message + none.error().hint, "hunter22"));
  CHECK_FALSE(holds(none.error().message + none.error().hint, "bob"));
}

TEST_CASE("a user and a password in an address are sent") {
  LoopbackServer server([](const Asked&) { return answer(200, ""); });
  REQUIRE(ask(get("http://bob:pw@127.0.0.1:" + std::to_string(server.port()) + "/")));
  CHECK(holds(server.asked().back().headers, "Authorization: Basic Ym9iOnB3"));
}

TEST_CASE("an answer that ends too early, is too large or comes too late is an error") {
  LoopbackServer server([](const Asked& asked) {
    if (asked.path == "/short")
      return std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi");
    return answer(200, std::string(5000, 'x'));
  });
  const auto cut = ask(get(server.address() + "/short"));
  REQUIRE_FALSE(cut);
  CHECK(holds(cut.error().message, "no answer from"));
  auto request = get(server.address() + "/large");
  request.largest_answer = 4000;
  const auto large = ask(request);
  REQUIRE_FALSE(large);
  CHECK(holds(large.error().message, "is larger than 4000 bytes"));

  std::atomic<bool> given_up = false;
  LoopbackServer slow([&](const Asked&) {
    given_up.wait(false);
    return std::string();
  });
  auto waiting = get(slow.address());
  waiting.timeout = Duration(50);
  CHECK_FALSE(ask(waiting));
  given_up = true;
  given_up.notify_all();
}

TEST_CASE("asking stops when it is told to") {
  std::atomic<bool> given_up = false;
  LoopbackServer silent([&](const Asked&) {
    given_up.wait(false);
    return std::string();
  });
  auto request = get(silent.address() + "/");
  request.stop = [] { return true; };
  const auto stopped = ask(request);
  REQUIRE_FALSE(stopped);
  CHECK(holds(stopped.error().message, "stopped asking"));
  given_up = true;
  given_up.notify_all();
}

TEST_CASE("what is no address, method or header is not sent") {
  CHECK_FALSE(ask(get("ftp://host/a")));
  CHECK_FALSE(ask(get("host/a")));
  CHECK_FALSE(ask(get("file:///etc/hostname")));
  CHECK_FALSE(ask(get("http://")));
  CHECK_FALSE(ask(get("http://a b/")));
  CHECK_FALSE(ask(get("http://host/\r\nX: y")));
  auto request = get("http://127.0.0.1:1/");
  request.method = "GET /x HTTP/1.0";
  CHECK(ask(request).error().failure == Failure::misused);
  request.method = "GET";
  request.headers = {{"A", "b\r\nC: d"}};
  CHECK(ask(request).error().failure == Failure::misused);
  request.headers = {{"A: b\r\nC", "d"}};
  CHECK(ask(request).error().failure == Failure::misused);
}

TEST_CASE("a fetched body goes to the sink; one that comes with an error does not") {
  const std::string large(300000, 'y');
  LoopbackServer server([&](const Asked& asked) {
    if (asked.path == "/moved") return answer(302, "moved away", "Location: /\r\n");
    return asked.path == "/" ? answer(200, large) : answer(403, "secret reasons");
  });
  std::string got;
  const auto keep = [&](std::string_view bytes) -> Outcome {
    got += bytes;
    return Done{};
  };
  std::int64_t told = 0;
  REQUIRE(fetch(get(server.address() + "/moved"), keep,
                [&](std::int64_t done, std::int64_t) { told = done; }));
  CHECK(got == large);
  CHECK(told == 300000);
  got.clear();
  const auto refused = fetch(get(server.address() + "/no"), keep);
  REQUIRE_FALSE(refused);
  CHECK(holds(refused.error().message, "/no answered 403"));
  CHECK(got.empty());
  const auto full = fetch(get(server.address() + "/"),
                          [](std::string_view) -> Outcome { return Error{"the disk is full"}; });
  REQUIRE_FALSE(full);
  CHECK(full.error().message == "the disk is full");
}

TEST_CASE("many threads ask at once") {
  LoopbackServer server([](const Asked& asked) { return answer(200, asked.path); });
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      const auto path = "/" + std::to_string(i);
      const auto got = ask(get(server.address() + path));
      if (got && got->body == path) ++right;
    });
  for (auto& thread : threads) thread.join();
  CHECK(right == 8);
}
