# SPDX-License-Identifier: MIT
"""The parts of the table: each makes what it needs, measures, and gives its lines."""
import os
import shutil

import scratch
from measuring import Line

GIT = "git --version"
PEERS = ["shipit", "cap", "fab", "ansible"]
GROWTH = 1.5  # what is called flat


def start_up(watch):
    times = watch.together({"davit": [watch.davit, "--version"], GIT: GIT.split()},
                           20 if watch.quick else 100)
    return [Line("davit --version", times["davit"], (GIT, times[GIT]), 3,
                 peak=watch.peak([watch.davit, "--version"])),
            Line(GIT, times[GIT], peak=watch.peak(GIT.split()))]


def peers(watch):
    """Start-up of the deploy tools that are installed here."""
    commands = {f"{one} --version": [one, "--version"] for one in PEERS if shutil.which(one)}
    times = watch.together({GIT: GIT.split(), **commands}, 8)
    return [Line(name, times[name], (GIT, times[GIT]), peak=watch.peak(command))
            for name, command in commands.items()]


def status(watch):
    """status and why, by the number of definitions and of releases."""
    lines = []
    for definitions in (1, 10) if watch.quick else (1, 10, 100):
        for releases in (10, 100) if watch.quick else (10, 1000):
            lines += status_of(watch, definitions, releases)
    return lines


def status_of(watch, definitions, releases):
    folder = scratch.released(watch, definitions, releases)
    log = "git log -1"
    asked = {"status": [watch.davit, "-C", folder, "status"],
             "why": [watch.davit, "-C", folder, "why", f"shop-0001/{releases}", "production"]}
    times = watch.together({GIT: GIT.split(), log: ["git", "-C", folder, "log", "-1"], **asked},
                           16 if watch.quick else 32)
    limits = {"status": {1: 10, 100: 25}.get(definitions), "why": 10}
    return [Line(f"{name}, {counted(definitions, 'definition')} x {releases} releases", times[name],
                 (GIT, times[GIT]), limits[name], (log, times[log]), watch.peak(command))
            for name, command in asked.items()]


def counted(count, what):
    return f"{count} {what}" + ("" if count == 1 else "s")


def check(watch):
    count = 100 if watch.quick else 1000
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples",
                           "quickstart", ".davit", "definitions", "hello.toml"),
              encoding="utf-8") as file:
        text = file.read().replace("group:release-managers", "*@example.com")
    folder = scratch.repository(watch, "checked", count, text)
    command = [watch.davit, "-C", folder, "check"]
    times = watch.together({"check": command}, 8 if watch.quick else 20)["check"]
    return [Line(f"check, {count} definitions", times, None, None if watch.quick else 150,
                 peak=watch.peak(command))]


def lengths(watch):
    """Of histories, in commits. After the second, all lists of the present are full."""
    return [10, 1000] if watch.quick else [10, 1000, 10000]


def grown(lengths, what, times):
    """How it grows from the shortest history to the longest, and from the second."""
    name = lambda length: f"after {length}"
    also = None if len(lengths) == 2 else (name(lengths[1]), times[lengths[1]])
    return Line(f"{what} after {lengths[-1]} commits", times[lengths[-1]],
                (name(lengths[0]), times[lengths[0]]), GROWTH, also)


def history(watch):
    """What must not grow with the history, and verifying all of it."""
    folders = {length: scratch.committed(watch, length) for length in lengths(watch)}
    commands = {length: [watch.davit, "-C", folder, "status"] for length, folder in folders.items()}
    line = grown(lengths(watch), "status", watch.together(commands, 16 if watch.quick else 40))
    line.peak = watch.peak(commands[lengths(watch)[-1]])
    verify = [watch.davit, "-C", folders[lengths(watch)[-1]], "verify"]
    watch.once(verify)
    return [line,
            Line(f"verify of {lengths(watch)[-1]} commits",
                 [watch.once(verify) for _ in range(3 if watch.quick else 5)], None,
                 None if watch.quick else 1000, peak=watch.peak(verify))]


def append(watch):
    """In process, as the ledger grows, and by the program."""
    folders = [scratch.committed(watch, length) for length in lengths(watch)]
    times = {length: appended(watch, folder) for length, folder in zip(lengths(watch), folders)}
    short = times[lengths(watch)[0]]
    unsynced = {length: one["unsynced"] for length, one in times.items()}
    locks = [watch.once([watch.davit, "-C", folders[0], "-y", *words, "shop-0001", "dev"])
             for _ in range(5 if watch.quick else 20)
             for words in (["lock", "-m", "measured"], ["unlock"])]
    return [*(Line(f"append in process, {kind}", one) for kind, one in short.items()),
            grown(lengths(watch), "append, unsynced,", unsynced),
            Line("davit lock and unlock, synced", locks)]


def appended(watch, folder):
    count = "20" if watch.quick else "100"
    out = watch.run([watch.ledger, "append", folder, count, "shop-0001"]).stdout.decode()
    words = [line.split() for line in out.splitlines()]
    return {kind: [float(took) for what, took in words if what == kind]
            for kind in ("unsynced", "synced")}


def create(watch):
    """With a large artifact, never seen before each time."""
    megabytes = 50 if watch.quick else 500
    folder = scratch.repository(watch, "large", 1, scratch.definition("large.bin"))
    large = os.path.join(folder, "large.bin")
    piece = os.urandom(1 << 20)
    with open(large, "wb") as file:
        for number in range(megabytes):
            file.write(number.to_bytes(8, "big") + piece[8:])
    command = [watch.davit, "-C", folder, "create", "shop-0001"]
    peak, times, sums = watch.peak(command), [], []
    for _ in range(3 if watch.quick else 5):
        shutil.rmtree(os.path.join(folder, ".git", "davit", "artifacts"))
        times.append(watch.once(command))
        sums.append(watch.once(["sha256sum", large]))
    os.remove(large)
    return [Line(f"create, {megabytes} MB artifact", times, ("sha256sum", sums), peak=peak)]
