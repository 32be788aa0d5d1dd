# SPDX-License-Identifier: MIT
"""A Windows host's files and processes, on this machine.

The host's home is C:\\Users\\deploy. Names are found whatever their case, and one that Windows has
not (with a colon, or of a device) is an error, as there.
"""

import hashlib
import os
import pathlib
import re

PROFILE = "C:\\Users\\deploy"
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')


def full(path):
    """GetFullPath(Combine(profile, path))"""
    path = path.replace("/", "\\")
    if path.startswith("\\\\"):
        return path
    if path.startswith("\\"):
        path = "C:" + path
    if not re.match(r"[A-Za-z]:\\", path):
        path = PROFILE + "\\" + path
    return path[:3] + "\\".join(part for part in path[3:].split("\\") if part)


def here(path):
    """A full path of Windows, on this machine."""
    if path.startswith("\\\\"):
        raise OSError(f"The network path was not found: {path}")
    home = pathlib.Path.home()
    if path.lower() == PROFILE.lower() or path.lower().startswith(PROFILE.lower() + "\\"):
        place, parts = home, path[len(PROFILE) + 1 :]
    else:
        place, parts = home / "drives" / path[0].lower(), path[3:]
    for part in filter(None, parts.split("\\")):
        if FORBIDDEN.search(part) or DEVICES.fullmatch(part):
            raise OSError(f"The given path's format is not supported: {path}")
        there = os.listdir(place) if place.is_dir() else []
        place = place / next((name for name in there if name.lower() == part.lower()), part)
    return place


def stat_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None


def born(pid):
    stat = stat_of(pid)
    return None if stat is None or stat[0] == "Z" else int(stat[19])


def below(pid):
    parents = {int(one): stat_of(one) for one in os.listdir("/proc") if one.isdigit()}
    found, more = [pid], True
    while more:
        more = []
        for one, stat in parents.items():
            if stat and stat[0] != "Z" and int(stat[1]) in found and one not in found:
                more.append(one)
        found += more
    return found[1:]


def text_of(file):
    data = file.read_bytes() if file.exists() else b""
    return data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")


def sum_of(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def once(fault):
    """Whether a test asked for this one, by a file of its name in the home; not again, then."""
    file = pathlib.Path.home() / fault
    asked = file.exists()
    file.unlink(missing_ok=True)
    return asked
