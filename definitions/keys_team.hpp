// SPDX-License-Identifier: MIT
// Keys of the team's own files, and of permissions. Part of the one table: see keys.hpp.
#pragma once

#include <array>

#include "definitions/keys.hpp"

namespace davit {

inline constexpr std::array kPermissionsKeys = {
    Key{.name = "create_release",
        .about = "Who may cut a release",
        .form = Form::table,
        .table = TableKind::permission},
    Key{.name = "deploy",
        .about = "Who may deploy",
        .form = Form::table,
        .table = TableKind::permission},
    Key{.name = "edit_definition",
        .about = "Who may change a definition",
        .form = Form::table,
        .table = TableKind::permission},
    Key{.name = "manage_approvals",
        .about = "Who may change and pass over approvals",
        .form = Form::table,
        .table = TableKind::permission},
};
inline constexpr Table kPermissions = {.about = "Who may do what", .keys = kPermissionsKeys};

inline constexpr std::array kPermissionKeys = {
    Key{.name = "allow",
        .about = "People, patterns of people, and groups who may",
        .form = Form::principal,
        .many = Many::list},
    Key{.name = "deny",
        .about = "Those who may not, though they are allowed",
        .form = Form::principal,
        .many = Many::list},
};
inline constexpr Table kPermission = {.about = "Who may and who may not; deny beats allow",
                                      .keys = kPermissionKeys,
                                      .shorthand = "allow"};

inline constexpr std::array kTeamKeys = {
    Key{.name = "ledger",
        .about = "Where and how facts are kept",
        .form = Form::table,
        .table = TableKind::ledger},
    Key{.name = "groups",
        .about = "People under a name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::group},
    Key{.name = "permissions",
        .about = "Who may do what in this repository",
        .form = Form::table,
        .table = TableKind::permissions},
    Key{.name = "targets",
        .about = "Hosts under a name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::target},
    Key{.name = "freezes",
        .about = "Times without deployments, each under its name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::freeze},
    Key{.name = "notify",
        .about = "Who is told what, each under its name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::notification},
    Key{.name = "gates",
        .about = "Gates that every definition may use",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::gate},
    Key{.name = "ssh",
        .about = "How hosts are reached",
        .form = Form::table,
        .table = TableKind::ssh},
};
inline constexpr Table kTeam = {.about = "The team's own rules", .keys = kTeamKeys};

inline constexpr std::array kLedgerKeys = {
    Key{.name = "remote", .about = "The remote facts are shared on; without it they stay local"},
    Key{.name = "mode",
        .about = "What the ledger is on the remote",
        .form = Form::word,
        .words = "ref branch"},
    Key{.name = "trusted", .about = "The branch whose tip the rules are read from"},
    Key{.name = "signing",
        .about = "Whether events must be signed",
        .form = Form::word,
        .words = "off warn required"},
    Key{.name = "logs",
        .about = "tail: the end of each step's log is kept in the ledger",
        .form = Form::word,
        .words = "none tail"},
    Key{.name = "sync",
        .about = "false: don't wait for the disk when a fact is written",
        .form = Form::boolean},
};
inline constexpr Table kLedger = {.about = "Where and how facts are kept", .keys = kLedgerKeys};

inline constexpr std::array kGroupKeys = {
    Key{.name = "members",
        .about = "People and patterns of people, as e-mail addresses",
        .form = Form::person,
        .many = Many::list,
        .required = true},
};
inline constexpr Table kGroup = {
    .about = "People under a name", .keys = kGroupKeys, .shorthand = "members"};

inline constexpr std::array kTargetKeys = {
    Key{.name = "hosts",
        .about = "Hosts, as [user@]host[:port]",
        .form = Form::host,
        .many = Many::list},
    Key{.name = "targets",
        .about = "Other targets, by name",
        .form = Form::name,
        .many = Many::list},
    Key{.name = "user", .about = "The user on hosts that name none", .form = Form::user},
    Key{.name = "port",
        .about = "The port of hosts that name none",
        .form = Form::integer,
        .least = 1,
        .most = 65535},
    Key{.name = "tags",
        .about = "Tags by which environments select",
        .form = Form::scalar,
        .many = Many::named,
        .names = Form::line},
    Key{.name = "shell",
        .about = "The shell of these hosts; sh without it",
        .form = Form::word,
        .words = "sh bash pwsh powershell cmd python3"},
    Key{.name = "state", .about = "Where davit keeps its own files on these hosts"},
};
inline constexpr Table kTarget = {
    .about = "Hosts under a name", .keys = kTargetKeys, .shorthand = "hosts"};

inline constexpr std::array kFreezeKeys = {
    Key{.name = "from",
        .about = "From this date and time in the zone",
        .form = Form::moment,
        .required = true},
    Key{.name = "to",
        .about = "Up to this date and time in the zone",
        .form = Form::moment,
        .required = true},
    Key{.name = "zone", .about = "The time zone", .form = Form::zone, .required = true},
    Key{.name = "environments",
        .about = "Which environments; all without it",
        .form = Form::name,
        .many = Many::list},
    Key{.name = "reason", .about = "Why, for people", .form = Form::text},
};
inline constexpr Table kFreeze = {.about = "A time without deployments", .keys = kFreezeKeys};

inline constexpr std::array kNotificationKeys = {
    Key{.name = "webhook",
        .about = "The address that is told",
        .form = Form::table,
        .table = TableKind::webhook,
        .required = true},
    Key{.name = "on",
        .about = "What is told",
        .form = Form::word,
        .many = Many::list,
        .required = true,
        .words = "created approval-pending started succeeded partial failed rolled-back cancelled "
                 "locked"},
};
inline constexpr Table kNotification = {.about = "Who is told what", .keys = kNotificationKeys};

inline constexpr std::array kWebhookKeys = {
    Key{.name = "url", .about = "The address", .form = Form::address},
    Key{.name = "secret",
        .about = "Where the address is found: env:NAME, file:PATH, command:…",
        .form = Form::secret},
};
inline constexpr Table kWebhook = {.about = "An address that is told",
                                   .keys = kWebhookKeys,
                                   .choice = "url secret",
                                   .choice_required = true,
                                   .shorthand = "url"};

inline constexpr std::array kSshKeys = {
    Key{.name = "config",
        .about = "An ssh configuration file of the repository",
        .form = Form::path},
    Key{.name = "options",
        .about = "Options of ssh_config(5), as \"Name=value\"",
        .many = Many::list},
    Key{.name = "transport",
        .about = "Which ssh does the work",
        .form = Form::word,
        .words = "auto openssh libssh"},
    Key{.name = "persist",
        .about = "How long OpenSSH keeps a connection for the next run",
        .form = Form::duration},
};
inline constexpr Table kSsh = {.about = "How hosts are reached", .keys = kSshKeys};

}  // namespace davit
