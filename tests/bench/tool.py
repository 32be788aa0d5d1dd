# SPDX-License-Identifier: MIT
"""One tool doing one thing, as its user would type it."""
import dataclasses
import shutil
from typing import Callable


@dataclasses.dataclass
class Tool:
    name: str
    command: list
    before: Callable = lambda: None  # before each run; not measured
    check: Callable = lambda: None   # after each; raises Failed
    env: dict = dataclasses.field(default_factory=dict)
    cwd: str = None
    warm: bool = False  # over ControlMasters that are up
    slow: bool = False  # measured once
    program: str = ""   # what must be installed; "": what the command begins with
    missing: str = ""   # why it can't be measured

    def absent(self):
        """Why it can't be measured here; empty where it can."""
        program = self.program or self.command[0]
        return self.missing or ("" if shutil.which(program) else f"{program} is not installed")
