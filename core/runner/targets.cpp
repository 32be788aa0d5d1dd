// SPDX-License-Identifier: MIT
#include "core/runner/targets.hpp"

#include <algorithm>
#include <utility>

#include "core/ssh/printing.hpp"
#include "core/ssh/why_lost.hpp"

namespace davit {

namespace {

Listener deaf() {
  return {[] {}, [](std::string_view) {}, [](const Answer&) {}, [](const Error&) {}};
}

}  // namespace

const Host& Targets::host(const std::string& name) const {
  return *std::find_if(hosts_.begin(), hosts_.end(),
                       [&](const Host& host) { return host.name == name; });
}

const Tongue& Targets::tongue(const std::string& name) const {
  return reach_.printing ? printing_tongue() : tongue_of(host(name).shell);
}

std::string Targets::next_step(const std::string& name, const std::string& trouble) const {
  return davit::next_step(host(name), trouble, reach_.keys_wait);
}

void Targets::leave(const std::string& name) {
  if (const auto found = lines_.find(name); found != lines_.end() && found->second.listener)
    *found->second.listener = deaf();
}

TargetShell* Targets::ready(const std::string& name) const {
  const auto found = lines_.find(name);
  if (found == lines_.end() || !found->second.ready || found->second.shell->is_lost())
    return nullptr;
  return found->second.shell.get();
}

void Targets::call(const std::string& name) {
  if (!open(lines_[name], host(name), deaf())) lines_.erase(name);
}

Outcome Targets::reach(const std::string& name, Listener listener) {
  auto& line = lines_[name];
  const auto& there = host(name);
  if (line.shell && !line.shell->is_lost())
    *line.listener = std::move(listener);
  else
    DAVIT_CHECK(open(line, there, std::move(listener)));
  if (greeting_ && !std::exchange(line.greeted, true))
    line.shell->say(greeting_(there, tongue(name)));
  return Done{};
}

Outcome Targets::open(Line& line, const Host& there, Listener listener) {
  DAVIT_TRY(auto way, ways_.make(there));
  auto current = std::make_shared<Listener>(std::move(listener));
  line.ready = line.greeted = false;
  line.listener = current;
  line.shell = std::make_unique<TargetShell>(
      std::move(way), tongue(there.name), RemoteFolder{there.state, ledger_},
      Listener{[&line, current] {
                 line.ready = true;
                 current->ready();
               },
               [current](std::string_view bytes) { current->output(bytes); },
               [current](const Answer& answer) { current->answer(answer); },
               [current](const Error& error) { current->lost(error); }});
  return Done{};
}

}  // namespace davit
