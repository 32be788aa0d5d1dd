// SPDX-License-Identifier: MIT
#include "core/ssh/windows_functions.hpp"

namespace davit {

// The values of the step's variables follow as lines of data: what is run as a text of PowerShell's
// is written down there where script block logging is on (about_Logging_Windows), secrets included.
//
// The log is made first, by whoever makes it alone: who comes second finds the try known.
//
// What runs is known by the number of its supervisor and when that began, since Windows gives
// numbers anew. conhost.exe is a console's, not the step's.
//
// $all.Keys would be the value of a variable of that name. What has been started and can't be noted
// down has begun all the same.
//
// A look that found much is followed by the next at once; input is read in between, so that a step
// that prints without end can be ended.
//
// What PowerShell 5.1 writes with > is UTF-16 with a mark at its beginning, which ReadToEnd knows.
const char* const kWindowsSteps = R"ps(
function Davit-Begin($name, $try, $place, $number, $directory, $suffix, $script, $run, $supervise, $count) {
  $values = @(for ($at = 0; $at -lt [int]$count; ++$at) { Davit-Data })
  if (-not (Davit-Fence $name $place $number)) { return }
  $folder = Davit-In "runs\$try"
  try {
    $directory = Davit-Path $directory
    if (-not [IO.Directory]::Exists($directory)) { throw "can't work in $directory" }
    if ($directory.StartsWith('\\')) { throw "can't work in ${directory}: cmd.exe needs a drive" }
    $null = [IO.Directory]::CreateDirectory($folder)
  } catch {
    Davit-Say failed $name (Davit-Words $_)
    return
  }
  try { [IO.File]::Open("$folder\log", 'CreateNew').Dispose() }
  catch {
    if ([IO.File]::Exists("$folder\log")) { Davit-Say known $name }
    else { Davit-Say failed $name (Davit-Words $_) }
    return
  }
  try {
    [IO.File]::WriteAllBytes("$folder\script.$suffix", [Convert]::FromBase64String($script))
    [IO.File]::WriteAllBytes("$folder\run.ps1", [Convert]::FromBase64String($run))
    [IO.File]::WriteAllBytes("$folder\supervise.cmd", [Convert]::FromBase64String($supervise))
    $id = Davit-Start $folder $directory $values
  } catch {
    Davit-Drop $folder
    Davit-Say failed $name (Davit-Words $_)
    return
  }
  try {
    $born = (Get-Process -Id $id).StartTime.ToFileTimeUtc()
    [IO.File]::WriteAllText("$folder\supervisor.new", "$id $born")
    [IO.File]::Move("$folder\supervisor.new", "$folder\supervisor")
  } catch { }
  Davit-Say begun $name
}
function Davit-Start($folder, $directory, $values) {
  $all = @{}
  $own = [Environment]::GetEnvironmentVariables()
  foreach ($one in $own.GetEnumerator()) { $all[[string]$one.Key] = [string]$one.Value }
  foreach ($value in $values) {
    $at = $value.IndexOf('=')
    $all[$value.Substring(0, $at)] = $value.Substring($at + 1)
  }
  $all['DAVIT_OUTPUT'] = "$folder\output"
  $lines = foreach ($one in $all.GetEnumerator()) { $one.Key + '=' + $one.Value }
  try { $made = Davit-Create $folder $directory ([string[]]@($lines | Sort-Object)) }
  catch { throw "WMI does not start it: $(Davit-Words $_)" }
  if ($made.ReturnValue -ne 0) { throw "WMI does not start it: Win32_Process.Create gave $($made.ReturnValue)" }
  [int]$made.ProcessId
}
function Davit-Create($folder, $directory, $environment) {
  $class = Get-CimClass -ClassName Win32_ProcessStartup
  $startup = New-CimInstance -CimClass $class -ClientOnly -Property @{
    ShowWindow = [uint16]0
    EnvironmentVariables = $environment
  }
  Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{
    CommandLine = '"' + [Environment]::SystemDirectory + '\cmd.exe" /D /S /C ""' + $folder + '\supervise.cmd""'
    CurrentDirectory = $directory
    ProcessStartupInformation = [CimInstance]$startup
  }
}
function Davit-Status($folder) {
  try { $said = Davit-Read "$folder\status" } catch { return }
  if ($said.EndsWith("`n")) { $said.Trim() }
}
function Davit-Ended($name, $folder) {
  $status = Davit-Status $folder
  if (-not $status) { return $false }
  $code = [long]$status
  if ($code -lt 0) { $code += 4294967296 }
  $size = 0
  if ([IO.File]::Exists("$folder\log")) { $size = (New-Object IO.FileInfo "$folder\log").Length }
  Davit-Say ended $name $code $size
  return $true
}
function Davit-Supervisor($folder) {
  $words = (Davit-Read "$folder\supervisor").Split(' ')
  if ($words.Length -eq 2 -and $words[1]) { return @{ Id = [int]$words[0]; Born = [long]$words[1] } }
}
function Davit-Lives($is) {
  if (-not $is) { return $false }
  $found = Get-Process -Id $is.Id -ErrorAction SilentlyContinue
  if (-not $found) { return $false }
  try { return ($found.StartTime.ToFileTimeUtc() -eq $is.Born) } catch { return $false }
}
function Davit-Probe($name, $try) {
  $folder = Davit-In "runs\$try"
  if (Davit-Ended $name $folder) { return }
  if (-not [IO.Directory]::Exists($folder)) {
    Davit-Say none $name
    return
  }
  if (-not [IO.File]::Exists("$folder\supervisor")) { Start-Sleep -Seconds 1 }
  if (Davit-Lives (Davit-Supervisor $folder)) { Davit-Say runs $name }
  elseif (-not (Davit-Ended $name $folder)) { Davit-Say gone $name }
}
function Davit-Look {
  $ended = $Davit.Follow -and (Davit-Status $Davit.Follow.Folder)
  $Davit.Wait = 40
  for ($times = 0; $times -lt 32; ++$times) {
    $count = $Davit.Log.Read($Davit.Piece, 0, $Davit.Piece.Length)
    if ($count -le 0) { break }
    $Davit.Out.Write($Davit.Piece, 0, $count)
    $Davit.Wait = 0
  }
  $Davit.Out.Flush()
  if ($ended) {
    $null = Davit-Ended $Davit.Follow.Name $Davit.Follow.Folder
    $Davit.Follow = $null
  }
}
function Davit-Follow($name, $try, $from) {
  Davit-Unfollow
  $folder = Davit-In "runs\$try"
  if (-not [IO.File]::Exists("$folder\log")) { return }
  $Davit.Log = [IO.File]::Open("$folder\log", 'Open', 'Read', [IO.FileShare]'ReadWrite,Delete')
  $null = $Davit.Log.Seek([long]$from, 'Begin')
  $Davit.Follow = @{ Name = $name; Folder = $folder }
  $Davit.Tick = { Davit-Look }
  $Davit.Wait = 0
}
function Davit-Unfollow {
  if ($Davit.Log) { $Davit.Log.Dispose() }
  $Davit.Log = $null
  $Davit.Follow = $null
  $Davit.Tick = $null
  $Davit.Wait = -1
}
function Davit-Send($name, $try, $file) {
  $bytes = [Text.Encoding]::UTF8.GetBytes((Davit-Read (Davit-In "runs\$try\$file")))
  Davit-Say file $name $bytes.Length
  $Davit.Out.Write($bytes, 0, $bytes.Length)
  $Davit.Out.Flush()
}
function Davit-Below($is) {
  if (-not $is) { return }
  $known = 'ProcessId', 'ParentProcessId', 'CreationDate', 'Name'
  $all = Get-CimInstance -ClassName Win32_Process -Property $known
  $found = @{}
  $found[$is.Id] = $is.Born
  do {
    $more = $false
    foreach ($one in $all) {
      $id = [int]$one.ProcessId
      $parent = $found[[int]$one.ParentProcessId]
      if ($found.ContainsKey($id) -or -not $parent -or -not $one.CreationDate) { continue }
      $born = $one.CreationDate.ToFileTimeUtc()
      if ($born -lt $parent) { continue }
      $found[$id] = $born
      $more = $true
      if ($one.Name -ne 'conhost.exe') { $id }
    }
  } while ($more)
}
function Davit-Kill($try) {
  $is = Davit-Supervisor (Davit-In "runs\$try")
  for ($times = 0; $times -lt 3; ++$times) {
    $ids = @(Davit-Below $is)
    if ($ids.Length -eq 0) { return }
    foreach ($id in $ids) { Stop-Process -Id $id -Force -ErrorAction SilentlyContinue }
  }
}
function Davit-Finish($name, $try) {
  if (@(Davit-Below (Davit-Supervisor (Davit-In "runs\$try"))).Length -gt 0) { Davit-Say left $name }
  else { Davit-Say killed $name }
}
function Davit-Forget($try) {
  $folder = Davit-In "runs\$try"
  foreach ($one in 'script.ps1', 'script.cmd', 'run.ps1', 'supervise.cmd', 'output', 'log') { Davit-Drop "$folder\$one" }
}
function Davit-Withdraw($try) { Davit-Drop (Davit-In "runs\$try") }
)ps";

}  // namespace davit
