# SPDX-License-Identifier: MIT
"""What the functions of davit's prelude for PowerShell do, done on this machine."""

import base64
import os
import signal
import subprocess
import time

from windows_uploads import Uploads
from windows_world import below, born, full, here, once, sum_of, text_of

POWERSHELL = ' -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%~dp0run.ps1"'
RUN = """$ErrorActionPreference = 'Stop'\r
try {\r
  $OutputEncoding = New-Object Text.UTF8Encoding $false\r
  [Console]::OutputEncoding = $OutputEncoding\r
} catch { }\r
& "$PSScriptRoot\\script.ps1"\r
if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }\r
"""


class Environment(dict):
    """As Windows has it: PATH is Path."""

    def put(self, name, value):
        for other in [key for key in self if key.upper() == name.upper()]:
            del self[other]
        self[name] = value


def script_of(folder):
    """What cmd.exe and PowerShell would run, out of the files of a try: a text for sh."""
    lines = (folder / "supervise.cmd").read_bytes().decode("ascii").split("\r\n")
    assert lines[1:] == ['@>"%~dp0status" echo %ERRORLEVEL%', ""], lines
    command, tail = lines[0][1:], ' <nul >"%~dp0log" 2>&1'
    assert lines[0][0] == "@" and command.endswith(tail), command
    command = command[: -len(tail)]
    if command == 'cmd.exe /D /C call "%~dp0script.cmd"':
        text = (folder / "script.cmd").read_bytes().decode("utf-8")
        assert "\n" not in text.replace("\r\n", ""), "cmd.exe loses its way without CR"
        first = '@echo off\r\n@"%SystemRoot%\\System32\\chcp.com" 65001 >nul\r\n'
        assert text.startswith(first), text
        return text[len(first) :].replace("\r\n", "\n")
    assert command in [program + ".exe" + POWERSHELL for program in ("powershell", "pwsh")], command
    assert (folder / "run.ps1").read_bytes().decode() == RUN
    data = (folder / "script.ps1").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "PowerShell 5.1 would read it in the machine's code page"
    return data[3:].decode("utf-8")


def supervise(folder, directory, environment):
    """The process that WMI starts: outside of the session, with an environment of its own."""
    ready, told = os.pipe()
    if os.fork() == 0:
        os.setsid()
        pid = os.fork()
        if pid > 0:
            os.write(told, str(pid).encode())
            os._exit(0)
        for stream in (0, 1, 2):
            os.dup2(os.open("/dev/null", os.O_RDWR), stream)
        os.closerange(3, 64)
        exit_file = folder / "exit"  # for codes that no process has here
        environment.put("WINDOWS_EXIT", str(exit_file))
        script = ["sh", "-e", folder / "for-sh"]
        with open(folder / "log", "wb") as log:
            done = subprocess.run(
                script, cwd=directory, env=environment, stdout=log, stderr=log, check=False
            )
        code = done.returncode if done.returncode >= 0 else 1
        code = int(exit_file.read_text()) if exit_file.exists() else code
        (folder / "status").write_text(f"{code}\r\n", newline="")
        os._exit(0)
    os.close(told)
    os.wait()
    pid = int(os.read(ready, 32))
    os.close(ready)
    return pid


class Deeds(Uploads):
    def __init__(self, given):
        self.given = given
        self.token, self.receipt, self.stage, self.upload = "", None, None, None
        self.log, self.follows = None, None

    def do(self, name, arguments):
        getattr(self, name.replace("-", "_").lower())(*arguments)

    def say(self, *words):
        os.write(2, (" ".join([self.token, *map(str, words)]) + "\n").encode())

    def inside(self, path):
        return here(f"{self.folder}\\{path}")

    def davit_say(self, *words):
        self.say(*words)

    def davit_open(self, token, state, ledger):
        self.token = token
        self.state = full(state or "AppData\\Local\\davit").rstrip("\\")
        self.folder = f"{self.state}\\{ledger}".rstrip("\\")
        self.say("ready")

    def keep(self):
        if len(self.state) < 4:
            raise OSError(f"{self.state} is a whole drive, which davit would close to others")
        state = here(self.state)
        state.mkdir(parents=True, exist_ok=True)
        if state.is_symlink():
            raise OSError(f"{self.state} is a link, and davit keeps nothing behind one")
        state.chmod(0o700)

    def fence(self, name, place, number):
        try:
            self.keep()
            folder = self.inside(f"fences\\{place}")
            (folder / number).mkdir(parents=True, exist_ok=True)
            for other in os.listdir(folder):
                if int(other) > int(number):
                    self.say("fenced", name, other)
                    return False
            for other in os.listdir(folder):
                if int(other) < int(number):
                    (folder / other).rmdir()
            self.remember()
            return True
        except OSError as error:
            self.say("failed", name, f"can't write to {self.state}:", error)
            return False

    # Receipts

    def davit_remembers(self, place, target, run, line, when, kept):
        file = f"receipts\\{place}\\{target}"
        self.receipt = {"place": place, "file": file, "run": run}
        self.receipt |= {"line": line, "when": when, "kept": int(kept)}

    def note_down(self, word, when):
        file = self.inside(self.receipt["file"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{word} {self.receipt['line']}\n{when}\n")

    def remember(self):
        if not self.receipt:
            return
        was = text_of(self.inside(self.receipt["file"])).split("\n")[0]
        if was not in ("began " + self.receipt["line"], "done " + self.receipt["line"]):
            self.note_down("began", self.receipt["when"])
            self.prune()

    def prune(self):
        definition, environment = self.receipt["place"].split("\\")
        current = self.inside("runs\\" + self.receipt["run"])
        runs = list(self.inside(f"runs\\{definition}").glob(f"*/{environment}/*"))
        runs = [run for run in runs if run != current]
        runs.sort(key=lambda run: run.stat().st_mtime, reverse=True)
        for run in runs[self.receipt["kept"] - 1 :]:
            if not list(run.glob("**/script.*")):
                subprocess.run(["rm", "-rf", run], check=True)

    def davit_noted(self, name, number, when):
        if self.fence(name, self.receipt["place"], number):
            self.note_down("done", when)
            self.say("noted", name)
            self.unused(int(number))

    def unused(self, number):
        for one in self.inside("uploads\\" + self.receipt["place"]).glob("*"):
            if int(text_of(one / "used")) <= number - self.receipt["kept"]:
                self.remove(one)

    def davit_recall(self, place, name, target):
        self.say("receipt", name, text_of(self.inside(f"receipts\\{place}\\{target}")).split("\n")[0])

    def davit_sum(self, number, path):
        file = here(full(path))
        self.say(*(("sum", number, sum_of(file)) if file.is_file() else ("lacks", number)))

    # Steps

    def davit_begin(self, name, attempt, place, number, directory, suffix, script, run, watch, count):
        values = [self.given.data() for _ in range(int(count))]
        if once("deaf"):
            os._exit(1)
        if not self.fence(name, place, number):
            return
        directory = full(directory)
        if directory.startswith("\\\\") or not here(directory).is_dir():
            self.say("failed", name, "can't work in", directory)
            return
        folder = self.inside("runs\\" + attempt)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            open(folder / "log", "x").close()
        except FileExistsError:
            self.say("known", name)
            return
        for file, data in ((f"script.{suffix}", script), ("run.ps1", run), ("supervise.cmd", watch)):
            (folder / file).write_bytes(base64.b64decode(data, validate=True))
        environment = Environment(os.environ)
        for value in values:
            environment.put(*value.split("=", 1))
        environment.put("DAVIT_OUTPUT", str(folder / "output"))
        (folder / "for-sh").write_text(script_of(folder))
        pid = supervise(folder, here(directory), environment)
        (folder / "supervisor").write_text(f"{pid} {born(pid) or ''}")
        if once("mute"):
            os._exit(1)
        self.say("begun", name)

    def status(self, folder):
        said = text_of(folder / "status")
        return int(said) if said.endswith("\n") else None

    def ended(self, name, folder):
        code = self.status(folder)
        if code is None:
            return False
        log = folder / "log"
        self.say("ended", name, code % 2**32, log.stat().st_size if log.exists() else 0)
        return True

    def supervisor(self, folder):
        words = text_of(folder / "supervisor").split()
        return (int(words[0]), int(words[1])) if len(words) == 2 else None

    def lives(self, who):
        return who is not None and born(who[0]) == who[1]

    def davit_probe(self, name, attempt):
        folder = self.inside("runs\\" + attempt)
        if self.ended(name, folder):
            return
        if not folder.is_dir():
            self.say("none", name)
            return
        if not (folder / "supervisor").exists():
            time.sleep(1)
        if self.lives(self.supervisor(folder)):
            self.say("runs", name)
        elif not self.ended(name, folder):
            self.say("gone", name)

    def davit_follow(self, name, attempt, start):
        self.davit_unfollow()
        folder = self.inside("runs\\" + attempt)
        if (folder / "log").exists():
            self.log = open(folder / "log", "rb")
            self.log.seek(int(start))
            self.follows = (name, folder)
            self.given.tick, self.given.wait = self.look, 0

    def look(self):
        over = self.follows and self.status(self.follows[1]) is not None
        self.given.wait = 0.04
        while piece := self.log.read(65536):
            self.send(piece)
        if over:
            self.ended(*self.follows)
            self.follows = None

    def send(self, data):
        while data:
            data = data[os.write(1, data) :]

    def davit_unfollow(self):
        if self.log:
            self.log.close()
        self.log = self.follows = self.given.tick = self.given.wait = None

    def davit_send(self, name, attempt, file):
        data = text_of(self.inside(f"runs\\{attempt}\\{file}")).encode()
        self.say("file", name, len(data))
        self.send(data)

    def members(self, attempt):
        who = self.supervisor(self.inside("runs\\" + attempt))
        return below(who[0]) if who else []

    def davit_kill(self, attempt):
        for pid in self.members(attempt):
            os.kill(pid, signal.SIGKILL)

    def davit_finish(self, name, attempt):
        self.say("left" if self.members(attempt) else "killed", name)

    def davit_forget(self, attempt):
        folder = self.inside("runs\\" + attempt)
        for file in ("script.ps1", "script.cmd", "run.ps1", "supervise.cmd", "output", "log"):
            (folder / file).unlink(missing_ok=True)

    def davit_withdraw(self, attempt):
        subprocess.run(["rm", "-rf", self.inside("runs\\" + attempt)], check=True)
