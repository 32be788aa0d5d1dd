// SPDX-License-Identifier: MIT
#include "core/runner/targets.hpp"

#include <algorithm>

namespace davit {

const Host& Targets::host(const std::string& name) const {
  return *std::find_if(hosts_.begin(), hosts_.end(),
                       [&](const Host& host) { return host.name == name; });
}

void Targets::leave(const std::string& name) {
  if (const auto found = ways_.find(name); found != ways_.end() && found->second.listener)
    *found->second.listener = {[] {}, [](std::string_view) {}, [](const Answer&) {},
                               [](const Error&) {}};
}

TargetShell* Targets::ready(const std::string& name) const {
  const auto found = ways_.find(name);
  if (found == ways_.end() || !found->second.ready || found->second.shell->is_lost())
    return nullptr;
  return found->second.shell.get();
}

Outcome Targets::reach(const std::string& name, Listener listener) {
  auto& way = ways_[name];
  if (way.shell && !way.shell->is_lost()) {
    *way.listener = std::move(listener);
    return Done{};
  }
  const auto& there = host(name);
  DAVIT_TRY(auto child, spawn(openssh_shell(reach_, there)));
  auto current = std::make_shared<Listener>(std::move(listener));
  way.ready = false;
  way.listener = current;
  way.shell = std::make_unique<TargetShell>(
      loop_, std::move(child), there.state,
      Listener{[&way, current] {
                 way.ready = true;
                 current->ready();
               },
               [current](std::string_view bytes) { current->output(bytes); },
               [current](const Answer& answer) { current->answer(answer); },
               [current](const Error& error) { current->lost(error); }});
  return Done{};
}

}  // namespace davit
