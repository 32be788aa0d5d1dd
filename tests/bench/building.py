# SPDX-License-Identifier: MIT
"""What is measured, built as a user would build it, and an environment that is nobody's."""
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, "build", "release")


def build(targets):
    """These targets of the preset `release`."""
    for command in (["cmake", "--preset", "release"],
                    ["nice", "cmake", "--build", "--preset", "release", "--target", *targets]):
        done = subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.exit(done.stdout.decode() + "tests/bench: davit could not be built")


def quiet_git(folder):
    """No configuration but ours, for git and for davit."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ.update(HOME=folder, GIT_CONFIG_NOSYSTEM="1", LC_ALL="C.UTF-8")
