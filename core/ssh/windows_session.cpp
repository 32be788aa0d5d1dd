// SPDX-License-Identifier: MIT
#include "core/ssh/windows_functions.hpp"

namespace davit {

// Answers are written as bytes: what [Console]::Error writes depends on the machine's code page.
//
// A path that begins with a slash is on the drive that sshd started in; one with neither drive nor
// slash starts in the user's profile.
//
// *S-1-5-18 is SYSTEM, *S-1-5-32-544 the administrators, whose files belong to all of them.
const char* const kWindowsSession = R"ps(
$Davit.Out = [Console]::OpenStandardOutput()
$Davit.Errors = [Console]::OpenStandardError()
$Davit.Piece = New-Object byte[] 65536
$Davit.Kept = $false
$Davit.Receipt = $null
$Davit.Log = $null
$Davit.Wait = -1
$Davit.Tick = $null
function Davit-Say {
  $line = [Text.Encoding]::UTF8.GetBytes($Davit.Token + ' ' + ($args -join ' ') + "`n")
  $Davit.Errors.Write($line, 0, $line.Length)
  $Davit.Errors.Flush()
}
function Davit-Words($trouble) {
  $trouble.Exception.GetBaseException().Message -replace '\s+', ' '
}
function Davit-Data {
  $line = Davit-Line
  if (-not $line) { exit 1 }
  [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line))
}
function Davit-Path($path) {
  [IO.Path]::GetFullPath([IO.Path]::Combine($Davit.User, $path))
}
function Davit-In($path) { [IO.Path]::Combine($Davit.Folder, $path) }
function Davit-Open($token, $state, $ledger) {
  $Davit.Token = $token
  $Davit.User = $env:USERPROFILE
  $Davit.State = 'AppData\Local\davit'
  if ($env:LOCALAPPDATA) { $Davit.State = [IO.Path]::Combine($env:LOCALAPPDATA, 'davit') }
  if ($state) { $Davit.State = $state }
  $Davit.State = (Davit-Path $Davit.State).TrimEnd('\')
  $Davit.Folder = [IO.Path]::Combine($Davit.State, $ledger)
  Davit-Say ready
}
function Davit-Keep {
  $state = $Davit.State
  if ($Davit.Kept -and [IO.Directory]::Exists($state)) { return }
  if ($state.Contains('%')) { throw "$state has a percent sign in it, which cmd.exe reads otherwise" }
  if ($state.Length -lt 4) { throw "$state is a whole drive, which davit would close to others" }
  $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  if (-not [IO.Directory]::Exists($state)) { $null = [IO.Directory]::CreateDirectory($state) }
  if ([IO.File]::GetAttributes($state) -band [IO.FileAttributes]::ReparsePoint) {
    throw "$state is a link, and davit keeps nothing behind one"
  }
  $owner = (Get-Acl -LiteralPath $state).GetOwner([Security.Principal.SecurityIdentifier]).Value
  if (($me, 'S-1-5-18', 'S-1-5-32-544') -notcontains $owner) { throw "$state belongs to somebody else" }
  $null = & icacls.exe $state /inheritance:r /grant:r "*${me}:(OI)(CI)F" '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' /Q
  if ($LASTEXITCODE -ne 0) { throw "can't close $state to others" }
  $Davit.Kept = $true
}
function Davit-Numbers($folder) {
  foreach ($one in [IO.Directory]::GetDirectories($folder)) { [long][IO.Path]::GetFileName($one) }
}
function Davit-Pass($name, $place, $number) {
  Davit-Keep
  $folder = Davit-In "fences\$place"
  $null = [IO.Directory]::CreateDirectory("$folder\$number")
  foreach ($other in (Davit-Numbers $folder)) {
    if ($other -gt [long]$number) {
      Davit-Say fenced $name $other
      return $false
    }
  }
  foreach ($other in (Davit-Numbers $folder)) {
    if ($other -lt [long]$number) { try { [IO.Directory]::Delete("$folder\$other") } catch { } }
  }
  Davit-Remember
  return $true
}
function Davit-Fence($name, $place, $number) {
  try { return (Davit-Pass $name $place $number) }
  catch {
    Davit-Say failed $name "can't write to $($Davit.State):" (Davit-Words $_)
    return $false
  }
}
function Davit-Over($new, $old) {
  if ([IO.File]::Exists($old)) { [IO.File]::Replace($new, $old, [NullString]::Value) }
  else { [IO.File]::Move($new, $old) }
}
function Davit-Read($file) {
  if (-not [IO.File]::Exists($file)) { return '' }
  $stream = [IO.File]::Open($file, 'Open', 'Read', [IO.FileShare]'ReadWrite,Delete')
  try { (New-Object IO.StreamReader $stream).ReadToEnd() } finally { $stream.Dispose() }
}
function Davit-Drop($file) {
  try {
    if ([IO.Directory]::Exists($file)) { [IO.Directory]::Delete($file, $true) }
    elseif ([IO.File]::Exists($file)) { [IO.File]::Delete($file) }
  } catch { }
}
)ps";

}  // namespace davit
