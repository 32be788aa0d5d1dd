// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "core/artifacts/store.hpp"
#include "core/clock/clock.hpp"
#include "tests/world/temporary_folder.hpp"

using namespace davit;

namespace {

auto writing(std::string bytes) {
  return [bytes = std::move(bytes)](const Store::Sink& sink) { return sink(bytes); };
}

std::size_t asides(const TemporaryFolder& folder) {
  std::size_t count = 0;
  for (const auto& name : folder.names("artifacts"))
    if (name.starts_with(".")) ++count;
  return count;
}

std::string place(const Digest& digest) {
  return "artifacts/" + digest.hex.substr(0, 2) + "/" + digest.hex.substr(2);
}

// What runs in a process of its own, and says "here" before it waits for its end.
void killed_while(const std::function<void(const std::function<void()>& here)>& story) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const auto child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    story([&] {
      static_cast<void>(!write(ends[1], "x", 1));
      for (;;) pause();
    });
    _exit(0);
  }
  close(ends[1]);
  char said = 0;
  CHECK(read(ends[0], &said, 1) == 1);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ends[0]);
}

}  // namespace

TEST_CASE("a file that was added is handed out by its digest, read-only") {
  TemporaryFolder folder;
  Store store(folder.path());
  const std::string bytes(3'000'000, 'a');
  std::int64_t told = 0;
  std::int64_t of = 0;
  const auto stored =
      store.add_file(folder.write("app.tar", bytes), [&](std::int64_t done, std::int64_t total) {
        told = done;
        of = total;
      });
  REQUIRE(stored);
  CHECK(stored->digest == sha256(bytes));
  CHECK(stored->size == 3'000'000);
  CHECK(told == 3'000'000);
  CHECK(of == 3'000'000);
  CHECK(store.has(stored->digest));
  const auto path = store.path(stored->digest);
  REQUIRE(path);
  CHECK(*path == folder.path(place(stored->digest)));
  CHECK(folder.read(place(stored->digest)) == bytes);
  CHECK(folder.mode(place(stored->digest)) == 0444);
  CHECK(asides(folder) == 0);
}

TEST_CASE("what is written piece by piece is stored as one") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto stored = store.add([](const Store::Sink& sink) -> Outcome {
    DAVIT_CHECK(sink("one "));
    return sink("two");
  });
  REQUIRE(stored);
  CHECK(stored->digest == sha256("one two"));
  REQUIRE(store.add(writing("")));
  CHECK(store.all().size() == 2);
}

TEST_CASE("a file that was not written to its end is not there") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto failed = store.add([](const Store::Sink& sink) -> Outcome {
    DAVIT_CHECK(sink("half"));
    return Error{"the line went dead"};
  });
  REQUIRE_FALSE(failed);
  CHECK(failed.error().message == "the line went dead");
  CHECK(store.all().empty());
  CHECK(asides(folder) == 0);
}

TEST_CASE("two who add the same at once both succeed, and neither sweeps the other away") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto outer = store.add([&](const Store::Sink& sink) -> Outcome {
    DAVIT_CHECK(sink("the "));
    DAVIT_CHECK(Store(folder.path()).add(writing("the same")));
    return sink("same");
  });
  REQUIRE(outer);
  CHECK(store.path(outer->digest));
  CHECK(store.all().size() == 1);

  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int turn = 0; turn < 10; ++turn)
        if (Store(folder.path()).add(writing("again"))) ++good;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 80);
  CHECK(store.path(sha256("again")));
  CHECK(asides(folder) == 0);
}

TEST_CASE("whoever is killed in the middle leaves nothing that counts, and the next sweeps") {
  TemporaryFolder folder;
  Store store(folder.path());
  killed_while([&](const std::function<void()>& here) {
    static_cast<void>(Store(folder.path()).add([&](const Store::Sink& sink) -> Outcome {
      DAVIT_CHECK(sink(std::string(100'000, 'x')));
      here();
      return Done{};
    }));
  });
  CHECK(store.all().empty());
  CHECK(asides(folder) == 1);
  REQUIRE(store.add(writing("next")));
  CHECK(asides(folder) == 0);
  CHECK(store.all().size() == 1);
}

TEST_CASE("a full disk is told by its name, and leaves everything as it was") {
  TemporaryFolder folder;
  Store store(folder.path());
  REQUIRE(store.add(writing("before")));
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit small{100'000, before.rlim_max};
  const auto large = folder.write("large", std::string(300'000, 'x'));
  auto* handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
  const auto full = store.add_file(large);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  REQUIRE_FALSE(full);
  CHECK(holds(full.error().message, "can't write"));
  CHECK(holds(full.error().message, "file too large"));
  CHECK(asides(folder) == 0);
  CHECK(store.all().size() == 1);
  CHECK(store.path(sha256("before")));
}

TEST_CASE("a damaged artifact is named when it is handed out, and put right when added again") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto stored = store.add(writing("right"));
  REQUIRE(stored);
  const auto at = place(stored->digest);
  REQUIRE(chmod(folder.path(at).c_str(), 0644) == 0);
  folder.write(at, "wrong");
  const auto damaged = store.path(stored->digest);
  REQUIRE_FALSE(damaged);
  CHECK(holds(damaged.error().message, "sha256:" + stored->digest.abbreviated() + " is damaged"));
  CHECK(holds(damaged.error().message, sha256("wrong").abbreviated()));
  CHECK(holds(damaged.error().hint, folder.path(at)));
  REQUIRE(store.add(writing("right")));
  CHECK(store.path(stored->digest));
  CHECK(folder.mode(at) == 0444);
}

TEST_CASE("what stands in the store in place of a file is not handed out") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto stored = store.add(writing("right"));
  REQUIRE(stored);
  const auto at = folder.path(place(stored->digest));
  std::filesystem::remove(at);
  CHECK(holds(store.path(stored->digest).error().message, "is not in this clone's store"));
  std::filesystem::create_symlink(folder.write("elsewhere", "right"), at);
  CHECK_FALSE(store.path(stored->digest));
  CHECK_FALSE(store.path(Digest{"../../../etc/passwd"}));
  CHECK_FALSE(store.has(Digest{""}));
}

TEST_CASE("only ordinary files come in") {
  TemporaryFolder folder;
  Store store(folder.path());
  CHECK(holds(store.add_file(folder.path("none")).error().message, "no such file"));
  CHECK(holds(store.add_file(folder.path()).error().message, "is a folder"));
  std::filesystem::create_symlink(folder.write("file", "x"), folder.path("link"));
  CHECK(holds(store.add_file(folder.path("link")).error().message, "is a symlink"));
  REQUIRE(mkfifo(folder.path("pipe").c_str(), 0600) == 0);
  CHECK(holds(store.add_file(folder.path("pipe")).error().message, "is no ordinary file"));
  CHECK(store.all().empty());
}

TEST_CASE("a file that grows while it is read is not stored") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto path = folder.write("growing", std::string(3'000'000, 'x'));
  bool grown = false;
  const auto torn = store.add_file(path, [&](std::int64_t, std::int64_t) {
    if (!grown) std::ofstream(path, std::ios::app) << "more";
    grown = true;
  });
  REQUIRE_FALSE(torn);
  CHECK(holds(torn.error().message, "changed while it was read"));
  CHECK(store.all().empty());
}

TEST_CASE("removing takes one away, unless it was added again meanwhile") {
  TemporaryFolder folder;
  Store store(folder.path());
  const auto one = store.add(writing("one"));
  const auto two = store.add(writing("two"));
  REQUIRE(one);
  REQUIRE(two);
  const auto later = system_clock().now() + Duration(60'000);
  CHECK(*store.remove(one->digest, one->since - Duration(60'000)) == false);
  CHECK(store.has(one->digest));
  CHECK(*store.remove(one->digest, later) == true);
  CHECK(*store.remove(one->digest, later) == false);
  const auto left = store.all();
  REQUIRE(left.size() == 1);
  CHECK(left[0].digest == two->digest);
  CHECK(left[0].size == 3);
}
