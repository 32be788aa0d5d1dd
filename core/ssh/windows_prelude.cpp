// SPDX-License-Identifier: MIT
#include "core/ssh/windows_prelude.hpp"

#include "core/ssh/windows_functions.hpp"

namespace davit {

// Where it waits for input no longer than so long, Tick is called then: it sends what a step
// prints. Before the prelude has come it gives up: a DefaultShell that is PowerShell has taken the
// input to itself. The reader is our own, over bytes: data follows a line, in lines or raw.
//
// Nothing that a text leaves in the pipeline may reach standard output, and progress would come as
// XML on standard error: https://github.com/PowerShell/PowerShell/issues/5912
const char* windows_bootstrap() {
  return R"ps($ErrorActionPreference='Stop';$ProgressPreference='SilentlyContinue'
trap{[Console]::Error.WriteLine("PowerShell: $_");exit 1}
$Davit=@{In=[Console]::OpenStandardInput();Room=New-Object byte[] 65536;At=0;End=0;Wait=20000
Tick={throw 'nothing comes on standard input; is the DefaultShell of sshd there cmd.exe?'}}
function Davit-Fill{$task=$Davit.In.ReadAsync($Davit.Room,0,65536)
while(-not $task.Wait($Davit.Wait)){$null=& $Davit.Tick}
$Davit.At=0;$Davit.End=$task.Result}
function Davit-Line{$line=New-Object IO.MemoryStream
while($true){if($Davit.At -ge $Davit.End){Davit-Fill;if($Davit.End -le 0){return}}
$to=[Array]::IndexOf($Davit.Room,[byte]10,$Davit.At,$Davit.End-$Davit.At)
$end=$to;if($to -lt 0){$end=$Davit.End}
$line.Write($Davit.Room,$Davit.At,$end-$Davit.At);$Davit.At=$end+1
if($to -ge 0){return [Text.Encoding]::ASCII.GetString($line.ToArray())}}}
while($said=Davit-Line){$null=. ([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($said))))}
)ps";
}

const std::string& windows_prelude() {
  static const std::string all = std::string(kWindowsSession) + kWindowsSteps + kWindowsReceipts +
                                 kWindowsFiles + kWindowsTrees;
  return all;
}

}  // namespace davit
