# SPDX-License-Identifier: MIT
"""How long commands take, and how much memory."""
import dataclasses
import json
import os
import shlex
import shutil
import subprocess
import sys
import time

ROUNDS = 4


@dataclasses.dataclass
class Line:
    """One line of the table. `against` and `also` are a name and its times. `limit`: the budget, a
    ratio where there is something to compare with, otherwise milliseconds; None: there is none."""
    what: str
    times: list
    against: tuple = None
    limit: float = None
    also: tuple = None
    peak: int = 0  # KiB


class Stopwatch:
    def __init__(self, davit, build, folder, quick):
        self.davit, self.folder, self.quick = davit, folder, quick
        self.ledger = os.path.join(build, "bench_ledger")
        self.peak_of = os.path.join(build, "bench_peak")
        self.hyperfine = shutil.which("hyperfine")
        self.how = "hyperfine" if self.hyperfine else "tests/bench/measuring.py"

    def run(self, command, expected=(0,)):
        """Runs it once; what it printed. It must end as expected."""
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode not in expected:
            sys.exit(f"tests/bench/run: exit {done.returncode} of {shlex.join(command)}\n"
                     + done.stdout.decode() + done.stderr.decode())
        return done

    def together(self, commands, count):
        """The times of each command, in milliseconds, by its name; in turns, so that a busy moment
        of the machine is everybody's. A davit that waits ends with status 4."""
        for command in commands.values():
            self.run(command, (0, 4))
        times = {name: [] for name in commands}
        each = max(1, count // ROUNDS)
        for _ in range(min(ROUNDS, count)):
            for name, command in commands.items():
                times[name] += self.some(command, each)
        return times

    def some(self, command, count):
        if not self.hyperfine:
            return [self.once(command) for _ in range(count)]
        report = os.path.join(self.folder, "hyperfine.json")
        self.run([self.hyperfine, "-N", "--ignore-failure", "--style", "none", "--warmup", "1",
                  "--runs", str(max(2, count)), "--export-json", report, shlex.join(command)])
        with open(report, encoding="utf-8") as file:
            return [1000 * one for one in json.load(file)["results"][0]["times"]]

    def once(self, command):
        nowhere = os.open(os.devnull, os.O_RDWR)
        into = [(os.POSIX_SPAWN_DUP2, nowhere, stream) for stream in (0, 1, 2)]
        before = time.perf_counter()
        os.waitpid(os.posix_spawnp(command[0], command, os.environ, file_actions=into), 0)
        took = 1000 * (time.perf_counter() - before)
        os.close(nowhere)
        return took

    def peak(self, command):
        """Peak of its resident memory, in KiB."""
        done = self.run([self.peak_of, *command], (0, 4))
        return int(done.stderr.decode().rsplit("peak ", 1)[1])
