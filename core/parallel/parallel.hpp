// SPDX-License-Identifier: MIT
// The machine's cores, for work that is pure and many times the same.
#pragma once

#include <cstddef>
#include <functional>

namespace davit {

// Calls work(0) … work(count - 1), each once and in no order, on this thread and others; returns
// when all are done. A thread is started for every `worth` calls, a thread costs about 50 µs.
// `work` may be called on several threads at once.
void in_parallel(std::size_t count, std::size_t worth,
                 const std::function<void(std::size_t)>& work);

}  // namespace davit
