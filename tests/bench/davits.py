# SPDX-License-Identifier: MIT
"""davit as its user has it: a repository with a definition and targets, the release cut beforehand,
`davit deploy` measured whole."""
import os
import subprocess

import scratch
from clients import Failed, last_words
from tool import Tool

TRANSPORTS = ["auto", "openssh", "libssh"]
TEAM = """[groups]
team = ["*@example.com"]

[ssh]
config = ".davit/ssh_config"
transport = "{transport}"
"""


def steps(environment, many):
    """Tables of steps: each a mapping."""
    out = ""
    for step in many:
        out += f"  [[environments.{environment}.steps]]\n"
        out += "".join(f"  {name} = {value}\n" for name, value in step.items())
    return out


def environment(name, count, many):
    """An environment of the first `count` hosts; 0: here."""
    targets = f'targets = "n{count}"\n' if count else ""
    return f'[environments.{name}]\ndeploy_on = "manual"\n{targets}' + steps(name, many)


class Davit:
    """A repository of its own for each transport and way. `make`: writes more into it."""

    def __init__(self, watch, hosts, name, text, counts, warm=False, make=lambda folder: None):
        self.watch, self.hosts, self.text, self.counts = watch, hosts, text, counts
        self.name, self.warm, self.make = name, warm, make
        self.made = {}

    def definition(self, transport):
        """Of a name of its own: the hosts remember which deployment of it was there last."""
        return f"{self.name}-{transport}" + ("-warm" if self.warm else "")

    def folder(self, transport):
        if transport not in self.made:
            name = self.definition(transport)
            folder = scratch.repository(self.watch, name, 1, self.text)
            scratch.git(folder, "mv", ".davit/definitions/shop-0001.toml",
                        f".davit/definitions/{name}.toml")
            self.put(folder, "team.toml", TEAM.format(transport=transport) + "".join(
                f'\n[targets.n{count}]\nhosts = {self.hosts.names[:count]}\n'.replace("'", '"')
                for count in self.counts if count))
            config = self.hosts.warm if self.warm else self.hosts.config
            with open(config, encoding="utf-8") as file:
                self.put(folder, "ssh_config", file.read())
            self.make(folder)
            scratch.git(folder, "add", ".")
            scratch.git(folder, "commit", "-q", "-m", "targets")
            self.made[transport] = folder
        return self.made[transport]

    def put(self, folder, name, text):
        with open(os.path.join(folder, ".davit", name), "w", encoding="utf-8") as file:
            file.write(text)

    def tool(self, transport, environment, before=lambda folder: None, check=lambda: None):
        folder = self.folder(transport)
        davit = [self.watch.davit, "-C", folder]
        name = "davit" if transport == "auto" else f"davit, {transport}"
        tool = Tool(name, [], check=check, warm=self.warm, program=self.watch.davit)

        def cut():
            before(folder)
            said = subprocess.run([*davit, "create", self.definition(transport)],
                                  capture_output=True)
            if said.returncode != 0:
                raise Failed(last_words((said.stdout + said.stderr).decode()))
            release = said.stdout.decode().split()[0]
            tool.command = [*davit, "--yes", "deploy", release, environment]

        tool.before = cut
        return tool

    def tools(self, environment, **given):
        return [self.tool(transport, environment, **given) for transport in TRANSPORTS]
