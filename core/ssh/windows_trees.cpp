// SPDX-License-Identifier: MIT
#include "core/ssh/windows_functions.hpp"

namespace davit {

// The list (windows_list.hpp) says where in the stream each file's content is, so that nothing
// there has to know tar. What stands in the place, or came before a cut, is not sent again.
//
// Windows has no exchange of two folders: what stood there is moved aside first, and moved back
// where the new one can't take its place, or by the next upload.
const char* const kWindowsTrees = R"ps(
function Davit-Parse($list) {
  $folders = New-Object Collections.ArrayList
  $files = New-Object Collections.ArrayList
  $lines = $list.Split("`n")
  foreach ($line in $lines) {
    if ($line.StartsWith('d ')) { $null = $folders.Add($line.Substring(2)) }
    elseif ($line.StartsWith('f ')) {
      $words = $line -split ' ', 6
      $is = @{ Skip = [long]$words[1]; Size = [long]$words[2]; Pad = [long]$words[3] }
      $is.Sum = $words[4]
      $is.Path = $words[5]
      $null = $files.Add($is)
    }
  }
  @{ Others = [long]$lines[0]; Folders = $folders; Files = $files }
}
function Davit-Same($file, $is) {
  try {
    if (-not [IO.File]::Exists($file)) { return $false }
    if ([IO.File]::GetAttributes($file) -band [IO.FileAttributes]::ReparsePoint) { return $false }
    return (Davit-Whole $file $is.Size $is.Sum)
  } catch { return $false }
}
function Davit-Is-All($folder, $tree) {
  foreach ($one in $tree.Folders) { if (-not [IO.Directory]::Exists("$folder\$one")) { return $false } }
  $there = [IO.Directory]::GetFileSystemEntries($folder, '*', 'AllDirectories').Length
  return ($there -eq $tree.Folders.Count + $tree.Files.Count)
}
function Davit-Marks($base, $tree) {
  $marks = New-Object Text.StringBuilder
  foreach ($file in $tree.Files) {
    $mark = '0'
    if (Davit-Same "$base\$($file.Path)" $file) { $mark = '1' }
    $null = $marks.Append($mark)
  }
  $marks.ToString()
}
function Davit-Take-Tree($name, $place, $number, $id, $content, $to, $list) {
  $Davit.Stage = ''
  if (-not (Davit-Fence $name $place $number)) { return }
  try {
    $to = (Davit-Path $to).TrimEnd('\')
    $stage = Davit-Arrive $place $number $id $content $to
    $old = [IO.Path]::GetDirectoryName($to) + "\.davit-old-$id"
    if ([IO.Directory]::Exists($old)) {
      if ([IO.Directory]::Exists($to)) { Davit-Drop $old }
      else { [IO.Directory]::Move($old, $to) }
    }
    if (Davit-Taken $name $to $true) { return }
    $tree = Davit-Parse $list
    $base = "$stage\new"
    if (-not [IO.Directory]::Exists($base)) { $base = $to }
    $marks = Davit-Marks $base $tree
    $whole = $base -eq $to -and [IO.Directory]::Exists($to) -and -not $marks.Contains('0')
    if ($whole -and (Davit-Is-All $to $tree)) {
      Davit-Say kept $name
      return
    }
  } catch {
    Davit-Say failed $name (Davit-Words $_)
    return
  }
  $Davit.Stage = $stage
  $Davit.Upload = @{ Name = $name; Place = $place; Number = $number; To = $to; Old = $old }
  $Davit.Upload += @{ New = "$stage\new"; Base = $base; Marks = $marks; Tree = $tree }
  $bytes = [Text.Encoding]::ASCII.GetBytes($marks)
  Davit-Say looked $name $bytes.Length
  $Davit.Out.Write($bytes, 0, $bytes.Length)
  $Davit.Out.Flush()
}
function Davit-Prepare($is) {
  $null = [IO.Directory]::CreateDirectory($is.New)
  foreach ($one in $is.Tree.Folders) { $null = [IO.Directory]::CreateDirectory("$($is.New)\$one") }
  if ($is.Base -eq $is.New) { return }
  for ($at = 0; $at -lt $is.Tree.Files.Count; ++$at) {
    $path = $is.Tree.Files[$at].Path
    if ($is.Marks[$at] -eq '1') { [IO.File]::Copy("$($is.Base)\$path", "$($is.New)\$path", $true) }
  }
}
function Davit-Unpack($is, $left) {
  $Davit.Trouble = $null
  Davit-Pull $null $is.Tree.Others
  $left -= $is.Tree.Others
  for ($at = 0; $at -lt $is.Tree.Files.Count; ++$at) {
    if ($is.Marks[$at] -eq '1') { continue }
    $file = $is.Tree.Files[$at]
    $stream = $null
    Davit-Pull $null $file.Skip
    if (-not $Davit.Trouble) {
      try { $stream = [IO.File]::Open("$($is.New)\$($file.Path)", 'Create', 'Write', 'None') }
      catch { $Davit.Trouble = $_ }
    }
    Davit-Pull $stream $file.Size
    if ($stream) { try { $stream.Dispose() } catch { $Davit.Trouble = $_ } }
    Davit-Pull $null $file.Pad
    $left -= $file.Skip + $file.Size + $file.Pad
  }
  Davit-Pull $null $left
  if ($Davit.Trouble) { throw $Davit.Trouble }
}
function Davit-Is-Right($is) {
  for ($at = 0; $at -lt $is.Tree.Files.Count; ++$at) {
    if ($is.Marks[$at] -eq '1') { continue }
    $file = $is.Tree.Files[$at]
    if (-not (Davit-Same "$($is.New)\$($file.Path)" $file)) { return $false }
  }
  return (Davit-Is-All $is.New $is.Tree)
}
function Davit-Put($is) {
  if ([IO.Directory]::Exists($is.To)) { [IO.Directory]::Move($is.To, $is.Old) }
  try { [IO.Directory]::Move($is.New, $is.To) }
  catch {
    if ([IO.Directory]::Exists($is.Old)) { [IO.Directory]::Move($is.Old, $is.To) }
    throw
  }
  Davit-Drop $is.Old
  Davit-Drop $Davit.Stage
}
function Davit-Take-Rest($size) {
  $is = $Davit.Upload
  $name = $is.Name
  try {
    Davit-Prepare $is
    Davit-Say pour $name $size rest
    Davit-Unpack $is ([long]$size)
    if (-not (Davit-Is-Right $is)) {
      Davit-Say differs $name
      return
    }
  } catch {
    Davit-Say broken $name (Davit-Words $_)
    return
  }
  if (-not (Davit-Fence $name $is.Place $is.Number)) { return }
  try {
    if (Davit-Taken $name $is.To $true) { return }
    Davit-Put $is
    Davit-Say placed $name
  } catch { Davit-Say failed $name (Davit-Words $_) }
}
)ps";

}  // namespace davit
