// SPDX-License-Identifier: MIT
// Keys of a definition, its artifacts, triggers and variables. Part of the one table: see keys.hpp.
#pragma once

#include <array>

#include "definitions/keys.hpp"

namespace davit {

inline constexpr std::array kDefinitionKeys = {
    Key{.name = "description", .about = "What is released, for people", .form = Form::text},
    Key{.name = "release_name",
        .about = "How releases are called, for example \"{date:%Y.%m.%d}-{rev}\"",
        .form = Form::release_name},
    Key{.name = "retain",
        .about = "Which releases davit gc must keep",
        .form = Form::table,
        .table = TableKind::retain},
    Key{.name = "artifacts",
        .about = "What a release carries, each under its name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::artifact},
    Key{.name = "triggers",
        .about = "What cuts a release by itself",
        .form = Form::table,
        .table = TableKind::triggers},
    Key{.name = "variables",
        .about = "Environment variables of every step",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::variable,
        .names = Form::variable},
    Key{.name = "environments",
        .about = "Where releases are deployed to, each under its name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::environment},
    Key{.name = "gates",
        .about = "Questions to the world that must pass, each under its name",
        .form = Form::table,
        .many = Many::named,
        .table = TableKind::gate},
    Key{.name = "permissions",
        .about = "Who may do what with this definition",
        .form = Form::table,
        .table = TableKind::permissions},
};
inline constexpr Table kDefinition = {.about = "How one product is released",
                                      .keys = kDefinitionKeys};

inline constexpr std::array kRetainKeys = {
    Key{.name = "days",
        .about = "Keep what is younger than so many days",
        .form = Form::integer,
        .most = 36500},
    Key{.name = "at_least",
        .about = "Keep so many releases, however old",
        .form = Form::integer,
        .least = 1},
};
inline constexpr Table kRetain = {.about = "Which releases davit gc must keep",
                                  .keys = kRetainKeys};

inline constexpr std::array kArtifactKeys = {
    Key{.name = "git",
        .about = "A file or directory of this repository, at the release's commit",
        .form = Form::path},
    Key{.name = "file",
        .about = "A built file, as a pattern that one file matches",
        .form = Form::glob},
    Key{.name = "url", .about = "An address to fetch it from", .form = Form::download},
    Key{.name = "sha256",
        .about = "What the fetched file must be",
        .form = Form::sha256,
        .with = "url"},
    Key{.name = "command",
        .about = "A shell command whose last line of output is the path of the file",
        .form = Form::text},
    Key{.name = "release",
        .about = "Another definition's release",
        .form = Form::table,
        .table = TableKind::release_source},
    Key{.name = "github", .about = "From GitHub", .form = Form::table, .table = TableKind::github},
    Key{.name = "gitlab", .about = "From GitLab", .form = Form::table, .table = TableKind::gitlab},
    Key{.name = "jenkins",
        .about = "From Jenkins",
        .form = Form::table,
        .table = TableKind::jenkins},
    Key{.name = "azure",
        .about = "From Azure Pipelines",
        .form = Form::table,
        .table = TableKind::azure},
    Key{.name = "oci",
        .about = "From a container registry",
        .form = Form::table,
        .table = TableKind::oci},
};
inline constexpr Table kArtifact = {
    .about = "Something a release carries, pinned by digest when the release is cut",
    .keys = kArtifactKeys,
    .choice = "git file url command release github gitlab jenkins azure oci",
    .choice_required = true};

inline constexpr std::array kReleaseSourceKeys = {
    Key{.name = "definition", .about = "Whose release", .form = Form::name, .required = true},
    Key{.name = "deployed_to",
        .about = "The environment it must have been deployed to with success",
        .form = Form::name},
    Key{.name = "repository", .about = "The repository of that definition; otherwise this one"},
};
inline constexpr Table kReleaseSource = {
    .about = "Another definition's release", .keys = kReleaseSourceKeys, .shorthand = "definition"};

inline constexpr std::array kGithubKeys = {
    Key{.name = "repository", .about = "\"owner/name\"", .required = true},
    Key{.name = "asset", .about = "A file of a release, as a pattern", .form = Form::glob},
    Key{.name = "tag", .about = "Tags of releases, as a pattern", .form = Form::glob},
    Key{.name = "workflow", .about = "The workflow whose run left the artifact"},
    Key{.name = "artifact", .about = "The name of a workflow's artifact"},
    Key{.name = "branch", .about = "The branch the workflow ran on"},
    Key{.name = "host", .about = "The address of an enterprise server", .form = Form::address},
    Key{.name = "token", .about = "Where the token is found", .form = Form::secret},
};
inline constexpr Table kGithub = {.about = "A release's file, or a workflow's artifact, of GitHub",
                                  .keys = kGithubKeys,
                                  .choice = "asset workflow",
                                  .shorthand = "repository"};

inline constexpr std::array kGitlabKeys = {
    Key{.name = "project", .about = "\"group/name\"", .required = true},
    Key{.name = "job", .about = "The job that left the artifact"},
    Key{.name = "branch", .about = "The branch the job ran on"},
    Key{.name = "path", .about = "The file within the job's artifacts", .form = Form::glob},
    Key{.name = "package", .about = "The name of a generic package"},
    Key{.name = "host", .about = "The address of your own server", .form = Form::address},
    Key{.name = "token", .about = "Where the token is found", .form = Form::secret},
};
inline constexpr Table kGitlab = {.about = "A job's artifact, or a package, of GitLab",
                                  .keys = kGitlabKeys,
                                  .choice = "job package",
                                  .shorthand = "project"};

inline constexpr std::array kJenkinsKeys = {
    Key{.name = "job", .about = "The job's full name", .required = true},
    Key{.name = "host", .about = "The address of the server", .form = Form::address},
    Key{.name = "path", .about = "The file within the build's artifacts", .form = Form::glob},
    Key{.name = "branch", .about = "The branch of a multibranch job"},
    Key{.name = "token", .about = "Where the token is found", .form = Form::secret},
};
inline constexpr Table kJenkins = {
    .about = "A build's artifact of Jenkins", .keys = kJenkinsKeys, .shorthand = "job"};

inline constexpr std::array kAzureKeys = {
    Key{.name = "pipeline", .about = "The pipeline that left the artifact", .required = true},
    Key{.name = "organization", .about = "The organization"},
    Key{.name = "project", .about = "The project"},
    Key{.name = "artifact", .about = "The name of the artifact"},
    Key{.name = "branch", .about = "The branch the pipeline ran on"},
    Key{.name = "token", .about = "Where the token is found", .form = Form::secret},
};
inline constexpr Table kAzure = {.about = "A pipeline's artifact of Azure Pipelines",
                                 .keys = kAzureKeys,
                                 .shorthand = "pipeline"};

inline constexpr std::array kOciKeys = {
    Key{.name = "image", .about = "\"registry/name\"", .required = true},
    Key{.name = "tag", .about = "Tags, as a pattern", .form = Form::glob},
    Key{.name = "platform", .about = "\"linux/amd64\""},
    Key{.name = "token", .about = "Where the token is found", .form = Form::secret},
};
inline constexpr Table kOci = {
    .about = "An image of a container registry", .keys = kOciKeys, .shorthand = "image"};

inline constexpr std::array kTriggersKeys = {
    Key{.name = "artifact",
        .about = "A new version of one of these artifacts cuts a release",
        .form = Form::name,
        .many = Many::list},
    Key{.name = "branch",
        .about = "A new commit on one of these branches cuts a release",
        .form = Form::table,
        .table = TableKind::branch},
    Key{.name = "schedule",
        .about = "The clock cuts a release",
        .form = Form::table,
        .table = TableKind::schedule},
};
inline constexpr Table kTriggers = {.about = "What cuts a release by itself",
                                    .keys = kTriggersKeys};

inline constexpr std::array kBranchKeys = {
    Key{.name = "include",
        .about = "Patterns of branches",
        .form = Form::glob,
        .many = Many::list,
        .required = true},
    Key{.name = "exclude",
        .about = "Patterns of branches that are not meant",
        .form = Form::glob,
        .many = Many::list},
    Key{.name = "paths",
        .about = "Only commits that change a file of these patterns",
        .form = Form::glob,
        .many = Many::list},
};
inline constexpr Table kBranch = {
    .about = "Branches whose commits are meant", .keys = kBranchKeys, .shorthand = "include"};

inline constexpr std::array kScheduleKeys = {
    Key{.name = "cron",
        .about = "Minute, hour, day of month, month, day of week",
        .form = Form::cron,
        .required = true},
    Key{.name = "zone",
        .about = "The time zone of the hours",
        .form = Form::zone,
        .required = true},
    Key{.name = "only_if_changed",
        .about = "Only when there is something new",
        .form = Form::boolean},
};
inline constexpr Table kSchedule = {.about = "Times, as cron writes them", .keys = kScheduleKeys};

inline constexpr std::array kVariableKeys = {
    Key{.name = "value", .about = "The value", .form = Form::scalar},
    Key{.name = "choices",
        .about = "The values it may have",
        .form = Form::scalar,
        .many = Many::list},
    Key{.name = "ask", .about = "May be set when the release is cut", .form = Form::boolean},
    Key{.name = "secret",
        .about = "Where the value is found when a step starts: env:NAME, file:PATH, command:…",
        .form = Form::secret},
};
inline constexpr Table kVariable = {.about = "An environment variable of the steps",
                                    .keys = kVariableKeys,
                                    .choice = "value secret",
                                    .shorthand = "value"};

}  // namespace davit
