// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "definitions/form_text.hpp"
#include "definitions/reading.hpp"
#include "definitions/shaped.hpp"

namespace davit {

namespace {

Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::boolean:
      return node.boolean;
    case Node::Kind::integer:
      return node.integer;
    case Node::Kind::real:
      return node.real;
    case Node::Kind::array: {
      Json list = Json::array();
      for (const Node& item : node.items) list.push(to_json(item));
      return list;
    }
    case Node::Kind::table: {
      Json::Object members;
      for (const Member& member : node.members)
        members.emplace_back(member.key, to_json(member.value));
      return members;
    }
    default:
      return node.text;
  }
}

Expectation read_expectation(const Node& table) {
  Expectation expect;
  expect.status = integer_at(table, "status", 0);
  for (const Member& member : members_at(table, "json"))
    expect.json.emplace_back(member.key, to_json(member.value));
  return expect;
}

// "to" of an upload or a link.
std::string read_to(const Node& table, std::string_view action, Scope& scope) {
  const Node* to = table.find("to");
  if (to == nullptr || to->text.empty())
    scope.notes.add(to == nullptr ? member_at(table, action)->span : to->span,
                    fmt::format("this {} does not say where to", action),
                    "write to = \"/srv/app/releases/{release}\", for example");
  return read_fields(table, "to", FieldUse::step, scope);
}

Action read_upload(const Node& table, Scope& scope) {
  const Node& artifact = *table.find("upload");
  if (std::find(scope.artifacts.begin(), scope.artifacts.end(), artifact.text) ==
      scope.artifacts.end())
    note_unknown(artifact, "artifact", scope.artifacts, scope.notes);
  return UploadAction{artifact.text, read_to(table, "upload", scope),
                      flag_at(table, "unpack", false)};
}

Action read_link(const Node& table, Scope& scope) {
  LinkAction link;
  link.link = read_fields(table, "link", FieldUse::step, scope);
  if (link.link.empty()) scope.notes.add(table.find("link")->span, "'link' is empty", "a path");
  link.to = read_to(table, "link", scope);
  link.keep = integer_at(table, "keep", link.keep);
  return link;
}

Action read_action(const Node& table, Scope& scope) {
  if (table.find("upload") != nullptr) return read_upload(table, scope);
  if (table.find("link") != nullptr) return read_link(table, scope);
  if (table.find("http") != nullptr) return read_http(table, scope);
  if (const auto length = duration_at(table, "wait")) return WaitAction{*length};
  if (const auto words = written_at(table, "manual")) return ManualAction{*words};
  if (const auto task = written_at(table, "task")) return TaskAction{*task};
  return read_run(table);
}

std::string first_line(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return "";
  text.remove_prefix(start);
  return shown(text.substr(0, text.find_first_of("\r\n")));
}

struct DefaultName {
  std::string operator()(const RunAction& run) const { return first_line(run.script); }
  std::string operator()(const UploadAction& upload) const { return "Upload " + upload.artifact; }
  std::string operator()(const LinkAction& link) const { return "Link " + first_line(link.link); }
  std::string operator()(const HttpAction& http) const {
    return http.method + " " + first_line(http.url);
  }
  std::string operator()(const WaitAction& wait) const { return "Wait " + text(wait.length); }
  std::string operator()(const ManualAction& manual) const {
    return first_line(manual.instructions);
  }
  std::string operator()(const TaskAction& task) const { return "Task " + task.task; }
};

// Nothing to do is a slip: a script, instructions.
void check_not_empty(const Node& table, Notes& notes) {
  for (const char* key : {"run", "manual", "if"})
    if (const Node* node = table.find(key); node != nullptr && first_line(node->text).empty())
      notes.add(node->span, fmt::format("'{}' is empty", key));
}

}  // namespace

RunAction read_run(const Node& table) { return {text_at(table, "run")}; }

HttpAction read_http(const Node& table, Scope& scope) {
  HttpAction http;
  http.url = read_fields(table, "http", FieldUse::step, scope);
  if (!is_web_address(http.url) && !http.url.starts_with('{'))
    scope.notes.add(table.find("http")->span,
                    fmt::format("'{}' is not an address", shown(http.url)),
                    "addresses start with http:// or https://");
  http.method = text_at(table, "method", http.method);
  for (const Member& member : members_at(table, "headers"))
    http.headers.emplace_back(member.key, member.value.text);
  http.body = read_fields(table, "body", FieldUse::step, scope);
  if (const Node* expect = table.find("expect")) http.expect = read_expectation(*expect);
  return http;
}

Step read_step(const Node& table, Scope& scope) {
  using When = Step::When;
  using Shell = Step::Shell;
  check_not_empty(table, scope.notes);
  Step step;
  step.action = read_action(table, scope);
  step.name = text_at(table, "name", std::visit(DefaultName{}, step.action));
  step.when = word_at(table, "when", step.when, {When::success, When::failure, When::always});
  step.condition = text_at(table, "if");
  step.enabled = flag_at(table, "enabled", step.enabled);
  step.continue_on_error = flag_at(table, "continue_on_error", step.continue_on_error);
  step.retries = integer_at(table, "retries", step.retries);
  step.every = duration_at(table, "every").value_or(step.every);
  step.timeout = duration_at(table, "timeout");
  step.shell =
      word_at(table, "shell", step.shell,
              {Shell::sh, Shell::bash, Shell::pwsh, Shell::powershell, Shell::cmd, Shell::python3});
  step.directory = read_fields(table, "directory", FieldUse::step, scope);
  step.env = read_variables(table, "env", scope, false);
  step.once = flag_at(table, "once", step.once);
  step.reversible = flag_at(table, "reversible", step.reversible);
  step.idempotent = flag_at(table, "idempotent", step.idempotent);
  step.outputs = texts_at(table, "outputs");
  step.on = written_at(table, "on");
  step.place = scope.notes.place(table.span);
  return step;
}

}  // namespace davit
