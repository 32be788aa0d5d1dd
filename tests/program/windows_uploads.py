# SPDX-License-Identifier: MIT
"""What the prelude's functions for uploads do."""

import os
import pathlib
import shutil
import time

from windows_world import full, here, once, sum_of, text_of


class Uploads:
    def taken(self, name, to, tree):
        if to.is_symlink():
            self.say("taken", name, "symlink")
        elif not to.exists() or to.is_dir() == tree:
            return False
        else:
            self.say("taken", name, "folder" if to.is_dir() else "file")
        return True

    def arrive(self, place, number, one, content, to):
        kept = self.inside(f"uploads\\{place}\\{one}")
        kept.mkdir(parents=True, exist_ok=True)
        (kept / "used").write_text(number)
        parent = full(to).rpartition("\\")[0]
        here(parent).mkdir(parents=True, exist_ok=True)
        stage = here(f"{parent}\\.davit-new-{one}-{content}")
        for other in stage.parent.glob(f".davit-new-{one}-*"):
            if other != stage:
                self.remove(other)
        return here(full(to)), stage

    def remove(self, path):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def pull(self, file, left):
        while left > 0:
            some = self.given.some(left)
            left -= len(some)
            if file:
                file.write(bytes(len(some)) if once("spoil") else some)
                file.flush()
            self.pulled += len(some)
            stall = text_of(pathlib.Path.home() / "stall")
            if stall and self.pulled > int(stall) and once("stall"):
                (pathlib.Path.home() / "did").write_text("came\n")
                time.sleep(600)

    def davit_take(self, name, place, number, one, content, to, size, digest):
        self.stage = None
        if (pathlib.Path.home() / "dying").exists():
            os._exit(1)
        if not self.fence(name, place, number):
            return
        try:
            to, stage = self.arrive(place, number, one, content, to)
        except OSError as error:
            self.say("failed", name, error)
            return
        if self.taken(name, to, False):
            return
        if to.is_file() and sum_of(to) == digest:
            self.say("kept", name)
            return
        self.stage, self.pulled = stage, 0
        with open(stage, "ab") as file:
            left = int(size) - file.tell()
            if left > 0:
                self.say("pour", name, left)
                self.pull(file, left)
        if sum_of(stage) != digest:
            self.say("differs", name)
        elif self.fence(name, place, number) and not self.taken(name, to, False):
            os.replace(stage, to)
            self.say("placed", name)

    def davit_take_tree(self, name, place, number, one, content, to, text):
        self.stage = None
        if not self.fence(name, place, number):
            return
        to, stage = self.arrive(place, number, one, content, to)
        if self.taken(name, to, True):
            return
        lines = text.split("\n")
        folders = [line[2:] for line in lines if line.startswith("d ")]
        files = [line.split(" ", 5)[1:] for line in lines if line.startswith("f ")]
        base = stage / "new" if (stage / "new").is_dir() else to
        marks = "".join("01"[self.same(base, file)] for file in files)
        self.stage = stage
        self.upload = {"name": name, "place": place, "number": number, "to": to, "base": base}
        self.upload |= {"folders": folders, "files": files, "marks": marks, "others": int(lines[0])}
        if base == to and to.is_dir() and "0" not in marks and self.is_all(to):
            self.say("kept", name)
            return
        self.say("looked", name, len(marks))
        self.send(marks.encode())

    def same(self, base, file):
        path = self.below(base, file[4])
        return path.is_file() and path.stat().st_size == int(file[1]) and sum_of(path) == file[3]

    def below(self, base, path):
        assert "/" not in path, path
        return base / path.replace("\\", "/")

    def is_all(self, folder):
        wanted = len(self.upload["folders"]) + len(self.upload["files"])
        return len(list(folder.rglob("*"))) == wanted and all(
            self.below(folder, one).is_dir() for one in self.upload["folders"]
        )

    def davit_take_rest(self, size):
        this = self.upload
        new = self.stage / "new"
        new.mkdir(parents=True, exist_ok=True)
        for one in this["folders"]:
            self.below(new, one).mkdir(exist_ok=True)
        marked = list(zip(this["marks"], this["files"]))
        for mark, file in marked:
            if mark == "1" and this["base"] != new:
                shutil.copyfile(self.below(this["base"], file[4]), self.below(new, file[4]))
        self.say("pour", this["name"], size, "rest")
        self.pulled = 0
        self.pull(None, this["others"])
        for mark, (skip, length, pad, _, path) in marked:
            if mark == "0":
                self.pull(None, int(skip))
                with open(self.below(new, path), "wb") as out:
                    self.pull(out, int(length))
                self.pull(None, int(pad))
        self.pull(None, int(size) - self.pulled)
        if not all(self.same(new, file) for file in this["files"]) or not self.is_all(new):
            self.say("differs", this["name"])
        elif self.fence(this["name"], this["place"], this["number"]):
            if this["to"].is_dir():
                os.rename(this["to"], self.stage.parent / ".davit-old")
            os.rename(new, this["to"])
            self.remove(self.stage.parent / ".davit-old")
            self.remove(self.stage)
            self.say("placed", this["name"])

    def davit_leave(self):
        if self.stage:
            self.remove(self.stage)
