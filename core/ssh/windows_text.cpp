// SPDX-License-Identifier: MIT
#include "core/ssh/windows_text.hpp"

#include <fmt/format.h>

#include "core/digest/base64.hpp"
#include "core/ssh/windows_list.hpp"
#include "core/ssh/windows_prelude.hpp"
#include "core/ssh/windows_words.hpp"

namespace davit {

namespace {

// A call of a function of the prelude's, each argument a literal.
std::string calling(const char* function, const std::vector<std::string>& arguments) {
  std::string out = function;
  for (const auto& argument : arguments) out += " " + powershell_word(argument);
  return powershell_line(out);
}

std::string failing(const std::string& name, const std::string& words) {
  return calling("Davit-Say", {"failed", name, words});
}

// The files of a try, for the shell that runs its script.
struct ScriptFiles {
  std::string suffix, script, run, supervise;
};

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

constexpr const char* kOptions = "-NoProfile -NonInteractive -ExecutionPolicy Bypass";

// A script fails where a command of PowerShell's does, and with the exit code of the last program
// that it ran; so do the two shells in GitHub's workflows ("Exit codes and error action preference"
// in the workflow syntax). -File tells errors as text, -EncodedCommand would as XML.
constexpr const char* kRun =
    "$ErrorActionPreference = 'Stop'\r\n"
    "try {\r\n"
    "  $OutputEncoding = New-Object Text.UTF8Encoding $false\r\n"
    "  [Console]::OutputEncoding = $OutputEncoding\r\n"
    "} catch { }\r\n"
    "& \"$PSScriptRoot\\script.ps1\"\r\n"
    "if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }\r\n";

std::string supervising(const std::string& command) {
  return "@" + command + " <nul >\"%~dp0log\" 2>&1\r\n@>\"%~dp0status\" echo %ERRORLEVEL%\r\n";
}

// PowerShell 5.1 takes a file without a mark for the machine's code page; cmd.exe takes a mark for
// a command, reads on in the code page that is chosen last, and loses its way in lines that end
// with a newline alone.
ScriptFiles files_for(Step::Shell shell, const std::string& script) {
  if (shell == Step::Shell::cmd)
    return {"cmd",
            "@echo off\r\n@\"%SystemRoot%\\System32\\chcp.com\" 65001 >nul\r\n" +
                with_crlf(script) + "\r\n",
            "", supervising("cmd.exe /D /C call \"%~dp0script.cmd\"")};
  const auto* program = shell == Step::Shell::pwsh ? "pwsh.exe" : "powershell.exe";
  return {"ps1", "\xef\xbb\xbf" + script, kRun,
          supervising(fmt::format("{} {} -File \"%~dp0run.ps1\"", program, kOptions))};
}

// Why these can't be variables there; empty where they can.
std::string unfit(const std::map<std::string, std::string>& values) {
  std::map<std::string, std::string> seen;
  for (const auto& [name, value] : values) {
    const auto [other, is_new] = seen.emplace(upper_case(name), name);
    if (!is_new) return fmt::format("to Windows, {} and {} are one variable", other->second, name);
    if (other->first == "ERRORLEVEL") return "a variable ERRORLEVEL would hide cmd.exe's own";
    if (const auto why = unfit_value(value); !why.empty())
      return fmt::format("Windows can't have the value of {}: {}", name, why);
  }
  return "";
}

std::string try_path(const std::string& key, const std::string& name) {
  return windows_path(key + "/" + name);
}

std::string receiving(const RemoteUpload& wanted, const char* function,
                      const std::vector<std::string>& what) {
  if (!unfit_value(wanted.to).empty())
    return failing(wanted.name, "its place is no path to Windows");
  std::vector<std::string> words{
      wanted.name,          windows_path(wanted.place), std::to_string(wanted.fence),
      upload_id(wanted.id), upload_id(wanted.content),  wanted.to};
  words.insert(words.end(), what.begin(), what.end());
  return calling(function, words);
}

class WindowsTongue : public Tongue {
 public:
  explicit WindowsTongue(Step::Shell shell) : shell_(shell) {}

  // Without -InputFormat, PowerShell itself reads the input of a command, too, a line at a time
  // (WrappedDeserializer in its Serialization.cs).
  std::string session() const override {
    return fmt::format("{} {} -InputFormat None -EncodedCommand {}",
                       shell_ == Step::Shell::pwsh ? "pwsh" : "powershell", kOptions,
                       encoded_command(windows_bootstrap()));
  }

  std::string opening(const std::string& token, const RemoteFolder& kept) const override {
    return powershell_line(windows_prelude()) +
           calling("Davit-Open", {token, kept.state, kept.ledger.substr(0, kLedgerDigits)});
  }

  std::string beginning(const RemoteTry& wanted) const override {
    if (const auto why = unfit(wanted.values); !why.empty()) return failing(wanted.name, why);
    if (!unfit_value(wanted.directory).empty())
      return failing(wanted.name, "its directory is no path to Windows");
    const auto files =
        files_for(wanted.shell == Step::Shell::sh ? shell_ : wanted.shell, wanted.script);
    std::vector<std::string> words{wanted.name,
                                   try_path(wanted.key, wanted.name),
                                   windows_path(wanted.place),
                                   std::to_string(wanted.fence),
                                   wanted.directory,
                                   files.suffix,
                                   base64(files.script),
                                   base64(files.run),
                                   base64(files.supervise)};
    words.push_back(std::to_string(wanted.values.size()));
    auto out = calling("Davit-Begin", words);
    for (const auto& [name, value] : wanted.values) out += powershell_line(name + "=" + value);
    return out;
  }

  std::string probe(const std::string& key, const std::string& name) const override {
    return calling("Davit-Probe", {name, try_path(key, name)});
  }
  std::string follow(const std::string& key, const std::string& name,
                     std::size_t from) const override {
    return calling("Davit-Follow", {name, try_path(key, name), std::to_string(from)});
  }
  std::string unfollow() const override { return calling("Davit-Unfollow", {}); }
  std::string send_file(const std::string& key, const std::string& name,
                        const std::string& file) const override {
    return calling("Davit-Send", {name, try_path(key, name), file});
  }
  std::string signal_try(const std::string& key, const std::string& name,
                         const char*) const override {
    return calling("Davit-Kill", {try_path(key, name)});
  }
  std::string finish(const std::string& key, const std::string& name) const override {
    return calling("Davit-Finish", {name, try_path(key, name)});
  }
  std::string forget(const std::string& key, const std::string& name) const override {
    return calling("Davit-Forget", {try_path(key, name)});
  }
  std::string drop(const std::string& key, const std::string& name) const override {
    return calling("Davit-Withdraw", {try_path(key, name)});
  }

  std::string remembering(const RemoteReceipt& receipt, Instant now) const override {
    return calling(
        "Davit-Remembers",
        {windows_path(receipt.place), windows_path(receipt.target), windows_path(receipt.key),
         fmt::format("{} {} {}", receipt.key, receipt.fence, receipt.plan), text(now),
         std::to_string(kRunsKept)});
  }
  std::string done_there(const RemoteReceipt& receipt, Instant now) const override {
    return calling("Davit-Noted", {receipt.target, std::to_string(receipt.fence), text(now)});
  }

  std::string looking(const std::string& place, const std::string& target,
                      const std::vector<Trace>& traces) const override {
    auto out = calling("Davit-Recall", {windows_path(place), target, windows_path(target)});
    for (std::size_t i = 0; i < traces.size(); ++i)
      out += traces[i].kind == Trace::Kind::link
                 ? calling("Davit-Say", {"lacks", std::to_string(i)})
                 : calling("Davit-Sum", {std::to_string(i), traces[i].path});
    return out + calling("Davit-Say", {"looked", target});
  }

  // A plan with a link for such a host is refused before.
  std::string switching(const RemoteSwitch& wanted) const override {
    return failing(wanted.name, "davit makes no links on Windows yet");
  }
  std::string clearing(const std::string& name, const std::string&,
                       const std::vector<std::string>&) const override {
    return failing(name, "davit makes no links on Windows yet");
  }

  std::string receiving_file(const RemoteUpload& wanted, std::int64_t size,
                             const Digest& digest) const override {
    return receiving(wanted, "Davit-Take", {std::to_string(size), digest.hex});
  }
  std::string receiving_tree(const RemoteUpload& wanted, const Parcel& parcel) const override {
    if (const auto why = unfit_tree(parcel); !why.empty()) return failing(wanted.name, why);
    return receiving(wanted, "Davit-Take-Tree", {windows_list(parcel)});
  }
  std::string receiving_rest(std::int64_t size) const override {
    return calling("Davit-Take-Rest", {std::to_string(size)});
  }
  std::string dropping_upload() const override { return calling("Davit-Leave", {}); }

 private:
  Step::Shell shell_;
};

}  // namespace

const Tongue& windows_tongue(Step::Shell shell) {
  static const WindowsTongue powershell(Step::Shell::powershell), pwsh(Step::Shell::pwsh),
      cmd(Step::Shell::cmd);
  if (shell == Step::Shell::pwsh) return pwsh;
  return shell == Step::Shell::cmd ? cmd : powershell;
}

}  // namespace davit
