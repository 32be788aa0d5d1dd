// SPDX-License-Identifier: MIT
// The one list of commands. A new command gets a line here and a line in commands.cpp.
#pragma once

#include <vector>

#include "cli/command.hpp"

namespace davit {

// In the order of the help.
const std::vector<Command>& commands();

Command abandon_command();
Command approve_command();
Command cancel_command();
Command changes_command();
Command check_command();
Command complete_command();
Command completion_command();
Command create_command();
Command deploy_command();
Command doctor_command();
Command gc_command();
Command history_command();
Command hook_command();
Command hosts_command();
Command init_command();
Command lock_command();
Command log_command();
Command man_command();
Command mark_command();
Command new_command();
Command plan_command();
Command promote_command();
Command redeploy_command();
Command reject_command();
Command resume_command();
Command retry_command();
Command rollback_command();
Command run_command();
Command schema_command();
Command show_command();
Command start_command();
Command status_command();
Command unlock_command();
Command verify_command();
Command where_command();
Command why_command();

}  // namespace davit
