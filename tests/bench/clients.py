# SPDX-License-Identifier: MIT
"""What a command costs whoever types it: wall time, CPU, memory. The hosts it talks to are others'.

CPU is of the command and everything that it started, also of what detached from it, a ControlMaster
for one. Memory is the peak of all its processes together, each page counted once (PSS), looked at
many times in a run of its own, since looking slows it."""
import os
import re
import subprocess
import threading
import time

LONGEST = 600  # seconds


class Failed(Exception):
    """It did not do what was measured; with its last words."""


def processes():
    """Process id -> parent and command line, of all that can be seen."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parent = int(file.read().rsplit(")", 1)[1].split()[1])
            with open(f"/proc/{name}/cmdline", "rb") as file:
                found[int(name)] = parent, file.read()
        except OSError:
            pass
    return found


def below(root):
    children = {}
    for pid, (parent, _) in processes().items():
        children.setdefault(parent, []).append(pid)
    todo, found = [root], []
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def number(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            got = re.search(pattern, file.read(), re.MULTILINE)
            return int(got.group(1)) if got else 0
    except OSError:
        return 0


class Clients:
    """`folder`: where ControlMasters have their sockets; `peak_of`: the program bench_peak."""

    def __init__(self, folder, peak_of):
        self.folder, self.peak_of = folder.encode(), peak_of

    def masters(self):
        return [pid for pid, (_, line) in processes().items()
                if b"[mux]" in line and self.folder in line]

    def masters_cpu(self):
        """Milliseconds so far, by process."""
        return {pid: number(f"/proc/{pid}/schedstat", r"^(\d+)") / 1e6 for pid in self.masters()}

    def start(self, tool):
        return subprocess.Popen([self.peak_of, *tool.command], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=tool.cwd,
                                env={**os.environ, **tool.env}, start_new_session=True)

    def wait(self, tool, running):
        try:
            said = running.communicate(timeout=LONGEST)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, 9)
            raise Failed(f"not done after {LONGEST} s")
        took = re.search(r"wall (\S+) cpu (\S+) peak (\d+)\s*$", said)
        if running.returncode != 0 or not took:
            words = last_words(said[:took.start()] if took else said)
            raise Failed(words or f"exit status {running.returncode}")
        return float(took.group(1)) / 1e3, float(took.group(2)) / 1e3

    def once(self, tool):
        """Seconds of wall and of CPU."""
        before = self.masters_cpu()
        wall, cpu = self.wait(tool, self.start(tool))
        after = self.masters_cpu()
        return wall, cpu + sum(ms - before.get(pid, 0) for pid, ms in after.items()) / 1e3

    def memory(self, tool):
        """MiB."""
        masters = set(self.masters()) if tool.warm else set()
        running = self.start(tool)
        peak = [0]

        def look():
            while running.poll() is None:
                mine = masters.union(below(running.pid)) - {running.pid}
                peak[0] = max(peak[0], sum(number(f"/proc/{pid}/smaps_rollup", r"^Pss:\s+(\d+)")
                                           for pid in mine))
                time.sleep(0.01)

        looking = threading.Thread(target=look)
        looking.start()
        self.wait(tool, running)
        looking.join()
        return peak[0] / 1024


def last_words(said):
    """The line that says why, as well as can be told of so many tools, and the next one."""
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    first = next((i for i, line in enumerate(lines)
                  if re.search("error|failed|refused|don't|can't", line, re.I)), 0)
    return "; ".join(lines[first:first + 2])[:110]
