// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace davit {

const std::vector<Command>& commands() {
  static const std::vector<Command> list = {
      init_command(),     new_command(),        check_command(),   schema_command(),
      create_command(),   plan_command(),       deploy_command(),  promote_command(),
      approve_command(),  reject_command(),     run_command(),     start_command(),
      abandon_command(),  mark_command(),       status_command(),  why_command(),
      show_command(),     log_command(),        history_command(), changes_command(),
      where_command(),    resume_command(),     cancel_command(),  retry_command(),
      redeploy_command(), rollback_command(),   lock_command(),    unlock_command(),
      verify_command(),   hosts_command(),      doctor_command(),  hook_command(),
      gc_command(),       completion_command(), man_command(),
      complete_command(),  // hidden
  };
  return list;
}

}  // namespace davit
