# SPDX-License-Identifier: MIT
"""The repositories that are measured."""
import functools
import os
import subprocess
import sys

ENVIRONMENTS = ["dev", "test", "staging", "preprod", "production"]

STEPS = """  [[environments.{name}.steps]]
  name   = "Unpack"
  upload = "app"
  to     = "deploy/{{environment}}/releases/{{release}}"
  unpack = true
  [[environments.{name}.steps]]
  name = "Switch"
  link = "deploy/{{environment}}/current"
  to   = "deploy/{{environment}}/releases/{{release}}"
  keep = 5
  [[environments.{name}.steps]]
  name = "Restart"
  run  = "./restart"
  [[environments.{name}.steps]]
  name    = "Smoke test"
  http    = "http://127.0.0.1:{port}/health?release={{release}}"
  expect  = {{ status = 200 }}
  retries = 20
  every   = "250ms"
"""


def definition(artifact="build/shop-*.tar.gz"):
    """Five environments in a row, the last with an approval."""
    text = f'description = "A shop"\n\n[artifacts.app]\nfile = "{artifact}"\n'
    for i, name in enumerate(ENVIRONMENTS):
        text += f"\n[environments.{name}]\n"
        text += f'needs = ["{ENVIRONMENTS[i - 1]}"]\n' if i else 'deploy_on = "release"\n'
        text += f"variables = {{ PORT = {8100 + i} }}\n"
        if name == "production":
            text += "  [[environments.production.before]]\n"
            text += '  approval = { from = ["*@example.com"], count = 2 }\n'
        text += STEPS.format(name=name, port=8100 + i)
    return text


def git(folder, *words):
    return subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True).stdout


def names(count):
    return [f"shop-{i:04}" for i in range(1, count + 1)]


def repository(watch, name, definitions, text=None):
    """A repository with so many definitions, committed; its folder."""
    folder = os.path.join(watch.folder, name)
    os.makedirs(os.path.join(folder, ".davit", "definitions"))
    for one in names(definitions):
        path = os.path.join(folder, ".davit", "definitions", one + ".toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text or definition())
    git(watch.folder, "init", "-q", "-b", "main", folder)
    git(folder, "config", "user.name", "Alice")
    git(folder, "config", "user.email", "alice@example.com")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "definitions")
    return folder


def released(watch, definitions, releases):
    """A repository whose definitions have so many releases each, all in production but the newest.
    Its objects are loose, as davit leaves them; git packs them when it sees fit."""
    folder = repository(watch, f"{definitions}-by-{releases}", definitions)
    fill = [watch.ledger, "fill", folder, str(releases)]
    shares = [names(definitions)[i::os.cpu_count()] for i in range(os.cpu_count())]
    fillers = [subprocess.Popen([*fill, *share]) for share in shares if share]
    if any([filler.wait() for filler in fillers]):
        sys.exit("tests/bench/run: the ledgers could not be made")
    return folder


@functools.cache
def committed(watch, commits):
    """A repository with one definition whose ledger has so many commits of one event each."""
    folder = repository(watch, f"{commits}-commits", 1)
    watch.run([watch.ledger, "commits", folder, str(commits), *names(1)])
    return folder
