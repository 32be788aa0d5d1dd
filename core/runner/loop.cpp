// SPDX-License-Identifier: MIT
#include "core/runner/loop.hpp"

#include <uv.h>

#include <array>
#include <csignal>

namespace davit {

namespace {

using Call = std::function<void()>;

// A handle and what it calls; libuv gives it back (handle->data) and frees it when it is closed.
template <typename Handle>
struct Held {
  Handle handle{};
  Call call;
};

template <typename Handle>
Held<Handle>* hold(Call&& call) {
  auto* held = new Held<Handle>;  // freed by release()
  held->call = std::move(call);
  held->handle.data = held;
  return held;
}

template <typename Handle>
uv_handle_t* plain(Held<Handle>* held) {
  return reinterpret_cast<uv_handle_t*>(&held->handle);
}

template <typename Handle>
void release(Held<Handle>* held) {
  uv_close(plain(held),
           [](uv_handle_t* handle) { delete static_cast<Held<Handle>*>(handle->data); });
}

template <typename Handle>
void call(Handle* handle) {
  static_cast<Held<Handle>*>(handle->data)->call();
}

void release_any(uv_handle_t* handle, void*) {
  if (uv_is_closing(handle) != 0) return;
  if (handle->type == UV_TIMER) release(static_cast<Held<uv_timer_t>*>(handle->data));
  if (handle->type == UV_SIGNAL) release(static_cast<Held<uv_signal_t>*>(handle->data));
  if (handle->type == UV_POLL) release(static_cast<Held<uv_poll_t>*>(handle->data));
}

bool ignored(int signal) {
  struct sigaction now {};
  return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

std::uint64_t milliseconds(Duration duration) {
  return static_cast<std::uint64_t>(std::max(duration, Duration{0}).count());
}

// Something that is called back until it is dropped.
template <typename Handle>
std::shared_ptr<void> until_dropped(Held<Handle>* held) {
  return {held, [](void* dropped) { release(static_cast<Held<Handle>*>(dropped)); }};
}

}  // namespace

struct Loop::Machine {
  uv_loop_t loop{};

  Watch watch(int file, int event, Call call_back) {
    auto* held = hold<uv_poll_t>(std::move(call_back));
    uv_poll_init(&loop, &held->handle, file);
    uv_poll_start(&held->handle, event, [](uv_poll_t* handle, int, int) { call(handle); });
    return until_dropped(held);
  }

  Held<uv_timer_t>* timer(Duration first, Duration again, Call call_back) {
    auto* held = hold<uv_timer_t>(std::move(call_back));
    uv_timer_init(&loop, &held->handle);
    uv_timer_start(&held->handle, call<uv_timer_t>, milliseconds(first), milliseconds(again));
    return held;
  }
};

Loop::Loop() : machine_(std::make_unique<Machine>()) { uv_loop_init(&machine_->loop); }

Loop::~Loop() {
  uv_walk(&machine_->loop, release_any, nullptr);
  uv_run(&machine_->loop, UV_RUN_DEFAULT);
  uv_loop_close(&machine_->loop);
}

Loop::Watch Loop::every(Duration length, Call call_back) {
  return until_dropped(machine_->timer(length, length, std::move(call_back)));
}

Loop::Watch Loop::on_signal(int signal, std::function<void(int)> call_back) {
  if (ignored(signal)) return nullptr;
  auto* held = hold<uv_signal_t>([call_back = std::move(call_back), signal] { call_back(signal); });
  uv_signal_init(&machine_->loop, &held->handle);
  uv_signal_start(
      &held->handle, [](uv_signal_t* handle, int) { call(handle); }, signal);
  return until_dropped(held);
}

Loop::Watch Loop::on_readable(int file, Call call_back) {
  return machine_->watch(file, UV_READABLE, std::move(call_back));
}

Loop::Watch Loop::on_writable(int file, Call call_back) {
  return machine_->watch(file, UV_WRITABLE, std::move(call_back));
}

Loop::Watch Loop::on_either(int file, Call call_back) {
  return machine_->watch(file, UV_READABLE | UV_WRITABLE, std::move(call_back));
}

Loop::Watch Loop::after(Duration length, Call call_back) {
  return until_dropped(machine_->timer(length, Duration{0}, std::move(call_back)));
}

void Loop::until(const std::function<bool()>& done) {
  while (!done()) uv_run(&machine_->loop, UV_RUN_ONCE);
}

void Loop::until_readable(int file, const std::function<bool()>& done) {
  bool readable = false;
  auto* held = hold<uv_poll_t>([&readable] { readable = true; });
  uv_poll_init(&machine_->loop, &held->handle, file);
  uv_poll_start(&held->handle, UV_READABLE, [](uv_poll_t* handle, int, int) { call(handle); });
  until([&] { return readable || done(); });
  release(held);
  breathe();  // so that `file` may be closed
}

void Loop::breathe() { uv_run(&machine_->loop, UV_RUN_NOWAIT); }

bool Loop::until(const std::function<bool()>& done, Duration longest) {
  bool late = false;
  auto* held = machine_->timer(longest, Duration{0}, [&late] { late = true; });
  until([&] { return late || done(); });
  release(held);
  return done();
}

void Loop::aside(Call work, Call done) {
  struct Work {
    uv_work_t request{};
    Call work, done;
  };
  auto* ours = new Work{{}, std::move(work), std::move(done)};  // freed when it is done
  ours->request.data = ours;
  uv_queue_work(
      &machine_->loop, &ours->request,
      [](uv_work_t* request) { static_cast<Work*>(request->data)->work(); },
      [](uv_work_t* request, int) {
        const std::unique_ptr<Work> over(static_cast<Work*>(request->data));
        over->done();
      });
}

void Loop::meanwhile(const Call& work, const Call& watch) {
  struct Work {
    uv_work_t request{};
    const Call* work = nullptr;
    bool over = false;
  } ours;
  ours.work = &work;
  ours.request.data = &ours;
  uv_queue_work(
      &machine_->loop, &ours.request,
      [](uv_work_t* request) { (*static_cast<Work*>(request->data)->work)(); },
      [](uv_work_t* request, int) { static_cast<Work*>(request->data)->over = true; });
  until([&] {
    if (watch) watch();
    return ours.over;
  });
}

struct QuietSignals::Kept {
  std::array<struct sigaction, 2> before{};
};

QuietSignals::QuietSignals() : kept_(std::make_unique<Kept>()) {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &kept_->before[0]);
  ::sigaction(SIGXFSZ, &ignore, &kept_->before[1]);
}

QuietSignals::~QuietSignals() {
  ::sigaction(SIGPIPE, &kept_->before[0], nullptr);
  ::sigaction(SIGXFSZ, &kept_->before[1], nullptr);
}

}  // namespace davit
