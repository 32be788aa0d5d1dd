// SPDX-License-Identifier: MIT
#include "core/ssh/windows_functions.hpp"

namespace davit {

// A run that holds a script runs, or nobody has taken note of its end: it stays.
const char* const kWindowsReceipts = R"ps(
function Davit-Remembers($place, $target, $run, $line, $when, $kept) {
  $Davit.Receipt = @{
    Place = $place; File = (Davit-In "receipts\$place\$target"); Run = $run
    Line = $line; When = $when; Kept = [int]$kept
  }
}
function Davit-Note-Down($word, $when) {
  $is = $Davit.Receipt
  $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($is.File))
  [IO.File]::WriteAllText($is.File + '.new', "$word $($is.Line)`n$when`n")
  Davit-Over ($is.File + '.new') $is.File
}
function Davit-Remember {
  $is = $Davit.Receipt
  if (-not $is) { return }
  $was = (Davit-Read $is.File).Split("`n")[0]
  if ($was -ceq "began $($is.Line)" -or $was -ceq "done $($is.Line)") { return }
  Davit-Note-Down 'began' $is.When
  try { Davit-Prune $is } catch { }
}
function Davit-Prune($is) {
  $definition, $environment = $is.Place.Split('\')
  $top = Davit-In "runs\$definition"
  if (-not [IO.Directory]::Exists($top)) { return }
  $runs = foreach ($release in [IO.Directory]::GetDirectories($top)) {
    if ([IO.Directory]::Exists("$release\$environment")) { [IO.Directory]::GetDirectories("$release\$environment") }
  }
  $current = Davit-In "runs\$($is.Run)"
  $old = @($runs | Where-Object { $_ -and $_ -ne $current } |
      Sort-Object -Descending { [IO.Directory]::GetLastWriteTimeUtc($_) } | Select-Object -Skip ($is.Kept - 1))
  foreach ($run in $old) {
    if ([IO.Directory]::GetFiles($run, 'script.*', 'AllDirectories').Length -gt 0) { continue }
    Davit-Drop $run
    foreach ($parent in ([IO.Path]::GetDirectoryName($run)), ([IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($run)))) {
      try { [IO.Directory]::Delete($parent) } catch { }
    }
  }
}
function Davit-Noted($name, $number, $when) {
  if (-not (Davit-Fence $name $Davit.Receipt.Place $number)) { return }
  try {
    Davit-Note-Down 'done' $when
    Davit-Say noted $name
  } catch { Davit-Say failed $name (Davit-Words $_) }
  try { Davit-Unused $Davit.Receipt ([long]$number) } catch { }
}
function Davit-Unused($is, $number) {
  $top = Davit-In "uploads\$($is.Place)"
  if (-not [IO.Directory]::Exists($top)) { return }
  foreach ($one in [IO.Directory]::GetDirectories($top)) {
    $used = Davit-Read "$one\used"
    if ($used -match '^[0-9]+$' -and ([long]$used -le ($number - $is.Kept))) { Davit-Drop $one }
  }
}
function Davit-Recall($place, $name, $target) {
  $lines = (Davit-Read (Davit-In "receipts\$place\$target")).Split("`n")
  Davit-Say receipt $name $lines[0]
}
)ps";

}  // namespace davit
