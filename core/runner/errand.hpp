// SPDX-License-Identifier: MIT
// An errand: work that davit does itself beside its loop (asking over HTTP, unpacking, asking for a
// secret), so that signals, a cancel and the lease are seen to meanwhile. It is given up when
// running steps are to end, or when it has had its time.
#pragma once

#include <functional>
#include <optional>

#include "core/runner/run.hpp"

namespace davit {

enum class GaveUp { no, asked, late };

// Does `work` on a thread of its own. The work asks, now and then, whether to give up; what comes
// back says whether it was to, which work that came to its end all the same need not care about.
using GiveUp = std::function<bool()>;
GaveUp errand(Run&, std::optional<Duration> longest,
              const std::function<void(const GiveUp&)>& work);

// What a step came to whose errand was given up.
Tried given_up(const Run&, GaveUp, std::optional<Duration> longest);

}  // namespace davit
