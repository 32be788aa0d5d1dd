// SPDX-License-Identifier: MIT
#include "core/ssh/windows_functions.hpp"

namespace davit {

// Raw bytes must never be read as a line: whatever becomes of who wants them, they are taken to
// their end.
//
// [IO.File]::Replace is ReplaceFile of Windows: one step for whoever opens the file, which keeps
// its permissions.
const char* const kWindowsFiles = R"ps(
function Davit-Whole($file, $size, $sum) {
  (New-Object IO.FileInfo $file).Length -eq [long]$size -and
    (Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash -eq $sum
}
function Davit-Taken($name, $to, $tree) {
  if (-not ([IO.File]::Exists($to) -or [IO.Directory]::Exists($to))) { return $false }
  $kind = [IO.File]::GetAttributes($to)
  $folder = [bool]($kind -band [IO.FileAttributes]::Directory)
  if ($kind -band [IO.FileAttributes]::ReparsePoint) { Davit-Say taken $name symlink }
  elseif ($folder -eq $tree) { return $false }
  elseif ($folder) { Davit-Say taken $name folder }
  else { Davit-Say taken $name file }
  return $true
}
function Davit-Alone($folder) {
  $other = Davit-Supervisor $folder
  if ((Davit-Lives $other) -and $other.Id -ne $PID) {
    $process = Get-Process -Id $other.Id -ErrorAction SilentlyContinue
    Stop-Process -Id $other.Id -Force -ErrorAction SilentlyContinue
    if ($process) { $null = $process.WaitForExit(5000) }
  }
  $born = (Get-Process -Id $PID).StartTime.ToFileTimeUtc()
  [IO.File]::WriteAllText("$folder\supervisor", "$PID $born")
}
function Davit-Arrive($place, $number, $id, $content, $to) {
  $folder = [IO.Path]::GetDirectoryName($to)
  if (-not $folder) { throw "$to is a whole drive" }
  $stage = "$folder\.davit-new-$id-$content"
  $kept = Davit-In "uploads\$place\$id"
  $null = [IO.Directory]::CreateDirectory($kept)
  [IO.File]::WriteAllText("$kept\used", $number)
  Davit-Alone $kept
  $null = [IO.Directory]::CreateDirectory($folder)
  foreach ($one in [IO.Directory]::GetFileSystemEntries($folder, ".davit-new-$id-*")) {
    if ($one -ne $stage) { Davit-Drop $one }
  }
  $stage
}
function Davit-Pull($stream, $left) {
  while ($left -gt 0) {
    if ($Davit.At -ge $Davit.End) {
      Davit-Fill
      if ($Davit.End -le 0) {
        if ($stream) { $stream.Dispose() }
        exit 1
      }
    }
    $count = [int][Math]::Min([long]($Davit.End - $Davit.At), [long]$left)
    if ($stream -and -not $Davit.Trouble) {
      try { $stream.Write($Davit.Room, $Davit.At, $count) } catch { $Davit.Trouble = $_ }
    }
    $Davit.At += $count
    $left -= $count
  }
}
function Davit-Bring($name, $stage, $size) {
  $stream = [IO.File]::Open($stage, 'OpenOrCreate', 'ReadWrite', 'None')
  try {
    if ($stream.Length -gt [long]$size) { $stream.SetLength(0) }
    $left = [long]$size - $stream.Seek(0, 'End')
    if ($left -gt 0) {
      Davit-Say pour $name $left
      $Davit.Trouble = $null
      Davit-Pull $stream $left
      if ($Davit.Trouble) { throw $Davit.Trouble }
      $stream.Flush($true)
    }
  } finally { $stream.Dispose() }
}
function Davit-Take($name, $place, $number, $id, $content, $to, $size, $sum) {
  $Davit.Stage = ''
  if (-not (Davit-Fence $name $place $number)) { return }
  try {
    $to = (Davit-Path $to).TrimEnd('\')
    $stage = Davit-Arrive $place $number $id $content $to
    if (Davit-Taken $name $to $false) { return }
    if ([IO.File]::Exists($to) -and (Davit-Whole $to $size $sum)) {
      Davit-Drop $stage
      Davit-Say kept $name
      return
    }
  } catch {
    Davit-Say failed $name (Davit-Words $_)
    return
  }
  $Davit.Stage = $stage
  try {
    Davit-Bring $name $stage $size
    if (-not (Davit-Whole $stage $size $sum)) {
      Davit-Say differs $name
      return
    }
  } catch {
    Davit-Say broken $name (Davit-Words $_)
    return
  }
  if (-not (Davit-Fence $name $place $number)) { return }
  try {
    if (Davit-Taken $name $to $false) { return }
    Davit-Over $stage $to
    Davit-Say placed $name
  } catch { Davit-Say failed $name (Davit-Words $_) }
}
function Davit-Leave { if ($Davit.Stage) { Davit-Drop $Davit.Stage } }
function Davit-Sum($number, $path) {
  try {
    $path = Davit-Path $path
    if (-not [IO.File]::Exists($path)) { Davit-Say lacks $number }
    else { Davit-Say sum $number (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash.ToLowerInvariant() }
  } catch { Davit-Say lacks $number }
}
)ps";

}  // namespace davit
