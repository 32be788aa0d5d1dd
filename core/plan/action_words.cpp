// SPDX-License-Identifier: MIT
#include "core/plan/action_words.hpp"

#include <fmt/format.h>

namespace davit {

std::string in_a_line(const Action& action) {
  struct Words {
    std::string operator()(const RunAction& a) const {
      const auto end = a.script.find('\n');
      return a.script.substr(0, end) + (end == std::string::npos ? "" : " …");
    }
    std::string operator()(const UploadAction& a) const {
      return fmt::format("{} → {}{}", a.artifact, a.to, a.unpack ? " (unpacked)" : "");
    }
    std::string operator()(const LinkAction& a) const {
      return fmt::format("{} → {}", a.link, a.to);
    }
    std::string operator()(const HttpAction& a) const {
      return fmt::format("{} {}", a.method, a.url);
    }
    std::string operator()(const WaitAction& a) const { return text(a.length); }
    std::string operator()(const ManualAction& a) const { return a.instructions; }
    std::string operator()(const TaskAction& a) const { return a.task; }
  };
  return std::visit(Words{}, action);
}

}  // namespace davit
