# SPDX-License-Identifier: MIT
"""The parts of the fleet's table: each makes what it needs, and gives its tools."""
import filecmp
import os
import random
import subprocess

import scratch
from clients import Failed
from davits import Davit, environment
from peers import Peers
from tool import Tool

STEPS = 10


class Fleet:
    """What the parts share. `measure(part, hosts, tools)` is told of every cell of the table."""

    def __init__(self, watch, hosts, counts, measure):
        self.watch, self.hosts, self.counts, self.measure = watch, hosts, counts, measure
        self.peers = Peers(hosts, sorted({*counts, 3, 10}))


def environments(counts, many):
    return "\n".join(environment(f"on{count}", count, many) for count in counts)


def here(fleet):
    """A deployment to no target: what davit costs before ssh does anything."""
    davit = Davit(fleet.watch, fleet.hosts, "here", environment("here", 0, [{"run": '"true"'}]), [])
    fleet.measure("true, here", 0, [davit.tool("auto", "here"), Tool("sh", ["sh", "-c", "true"])])


def fanout(fleet):
    """`true` on so many hosts: with no connection yet, and over ones that are up."""
    text = environments(fleet.counts, [{"run": '"true"'}])
    cold = Davit(fleet.watch, fleet.hosts, "fanout", text, fleet.counts)
    warm = Davit(fleet.watch, fleet.hosts, "fanout", text, fleet.counts, warm=True)
    for count in fleet.counts:
        peers = fleet.peers
        fleet.measure("true, cold", count, [
            *cold.tools(f"on{count}"), peers.floor(fleet.watch, count, ["true"]),
            *spread(fleet, count, warm=False), peers.fab("run", count, "--steps", "1"),
            peers.cap("steps", count, STEPS="1")])
        fleet.hosts.open_masters(count)
        fleet.measure("true, warm", count, [warm.tool("auto", f"on{count}"),
                                            warm.tool("openssh", f"on{count}"),
                                            *spread(fleet, count, warm=True)])
        fleet.hosts.close_masters()


def spread(fleet, count, warm):
    """The tools that run ssh."""
    peers = fleet.peers
    ansible = peers.ansible("ansible", f"n{count}", "-m", "raw", "-a", "true", count=count,
                            warm=warm)
    if not warm:
        ansible.before = fleet.hosts.close_masters
    return [Tool("ssh, xargs", peers.each(count, *peers.ssh(warm), "{}", "true"), warm=warm),
            peers.pdsh(count, "true", warm=warm), peers.clush(count, "true", warm=warm),
            peers.parallel("parallel-ssh", count, "true", warm=warm), ansible]


def many_steps(fleet):
    """Ten steps, one after another, on ten hosts."""
    count, peers = 10, fleet.peers
    text = environments([count], [{"run": '"true"'}] * STEPS)
    davit = Davit(fleet.watch, fleet.hosts, "steps", text, [count])
    script = peers.put("steps.sh", "true || exit 1\n" * STEPS)
    play = peers.put("steps.yml", f"- hosts: n{count}\n  gather_facts: false\n  tasks:\n"
                     + "    - raw: 'true'\n" * STEPS)
    one = " ".join(peers.each(count, *peers.ssh(), "{}", "true"))
    each_step = f"for i in {'x ' * STEPS}; do {one} || exit 1; done"
    whole = f"ssh {peers.options()} {{}} sh <{script}"
    ansible = peers.ansible("ansible-playbook", play, count=count)
    ansible.before = fleet.hosts.close_masters
    fleet.measure(f"{STEPS} steps", count, [
        *davit.tools(f"on{count}"), peers.floor(fleet.watch, count, ["true"] * STEPS),
        Tool("ssh per step, xargs", ["sh", "-c", each_step], program="xargs"),
        Tool("ssh with a script, xargs", peers.each_shell(count, whole)),
        peers.fab("run", count, "--steps", str(STEPS)), peers.cap("steps", count, STEPS=str(STEPS)),
        ansible])


def upload(fleet):
    """One file to ten hosts."""
    count, peers, size = 10, fleet.peers, 5 if fleet.watch.quick else 50
    file = os.path.join(fleet.watch.folder, "upload.bin")
    with open(file, "wb") as out:
        out.write(os.urandom(size * 1000000))

    def built(folder):
        os.makedirs(os.path.join(folder, "build"))
        os.link(file, os.path.join(folder, "build", "upload.bin"))
        with open(os.path.join(folder, ".gitignore"), "w", encoding="utf-8") as ignored:
            ignored.write("build/\n")

    text = '[artifacts.app]\nfile = "build/upload.bin"\n\n' + environments(
        [count], [{"upload": '"app"', "to": '"upload.bin"'}])
    davit = Davit(fleet.watch, fleet.hosts, "upload", text, [count], make=built)

    def check():
        for name in fleet.hosts.names[:count]:
            there = os.path.join(fleet.hosts.home(name), "upload.bin")
            if not os.path.exists(there) or not filecmp.cmp(file, there, shallow=False):
                raise Failed(f"{name} has not got the file")

    tools = [*davit.tools(f"on{count}", check=check),
             peers.floor(fleet.watch, count, ["cat >upload.bin"], file),
             *copies(fleet, count, file), *slow_copies(fleet, count, file)]
    clean(fleet, f"{size} MB", count, tools, check)
    os.remove(file)


def clean(fleet, part, count, tools, check):
    """Measured with nothing there yet, and what came is looked at."""
    for tool in tools:
        before = tool.before
        tool.before = lambda before=before: (fleet.hosts.empty(), before())
        tool.check = check
    fleet.measure(part, count, tools)
    fleet.hosts.empty()


def copies(fleet, count, file):
    peers, options = fleet.peers, fleet.peers.options()
    folder, name = os.path.split(file)
    cat = f'ssh {options} {{}} "cat >upload.bin" <{file}'
    tar = f"tar -C {folder} -cf - {name} | ssh {options} {{}} tar -xf -"
    scp = ["scp", "-q", "-F", fleet.hosts.config, file, "{}:upload.bin"]
    rsync = ["rsync", "-W", "-e", f"ssh {options}", file, "{}:upload.bin"]
    return [Tool("ssh cat, xargs", peers.each_shell(count, cat)),
            Tool("tar, ssh, xargs", peers.each_shell(count, tar)),
            Tool("scp, xargs", peers.each(count, *scp)),
            Tool("rsync, xargs", peers.each(count, *rsync), program="rsync"),
            peers.clush(count, "--copy", file, "--dest", "upload.bin")]


def slow_copies(fleet, count, file):
    peers = fleet.peers
    copy = f"src={file} dest={{{{ home }}}}/{{{{ inventory_hostname }}}}/upload.bin"
    tools = [peers.parallel("parallel-scp", count, file, "upload.bin"),
             peers.fab("put", count, "--file", file),
             peers.cap("put", count, FROM=file, TO="upload.bin"),
             peers.ansible("ansible", f"n{count}", "-m", "copy", "-a", copy, count=count)]
    for tool in tools:
        tool.slow = True
    return tools


def make_tree(folder, files):
    """Many small files, as many bytes as a source tree of that size has."""
    chance = random.Random(1)
    words = ["%x" % chance.getrandbits(chance.choice((8, 16, 24, 40))) for _ in range(3000)]
    for i in range(files):
        where = os.path.join(folder, f"dir{i % 100:03}")
        os.makedirs(where, exist_ok=True)
        size = int(min(60000, chance.paretovariate(1.1) * 700))
        with open(os.path.join(where, f"file{i}.txt"), "w", encoding="utf-8") as file:
            file.write(" ".join(chance.choices(words, k=size // 5 + 1))[:size])


def tree(fleet):
    """Many small files to ten hosts. `tar` is made anew in each run, where it is."""
    count, peers, files = 10, fleet.peers, 200 if fleet.watch.quick else 2000
    base = os.path.join(fleet.watch.folder, "small")
    make_tree(os.path.join(base, "tree"), files)
    text = '[artifacts.app]\ngit = "tree"\n\n' + environments(
        [count], [{"upload": '"app"', "to": '"tree"', "unpack": "true"}])
    davit = Davit(fleet.watch, fleet.hosts, "tree", text, [count],
                  make=lambda folder: make_tree(os.path.join(folder, "tree"), files))

    def check():
        for name in fleet.hosts.names[:count]:
            there = os.path.join(fleet.hosts.home(name), "tree")
            if subprocess.run(["diff", "-rq", os.path.join(base, "tree"), there],
                              capture_output=True).returncode != 0:
                raise Failed(f"{name} has not got the files")

    clean(fleet, f"{files} files", count,
          [*davit.tools(f"on{count}"), *tree_copies(fleet, count, base)], check)


def tree_copies(fleet, count, base):
    peers, options, tar = fleet.peers, fleet.peers.options(), os.path.join(base, "tree.tar")
    unarchive = f"src={tar}.gz dest={{{{ home }}}}/{{{{ inventory_hostname }}}}"
    ansible = peers.ansible("ansible", f"n{count}", "-m", "unarchive", "-a", unarchive, count=count)
    ansible.command = ["sh", "-c", f'tar -C {base} -czf {tar}.gz tree && exec "$@"', "sh",
                       *ansible.command]
    ansible.program, ansible.slow = "ansible", True
    cap = peers.cap("put", count, FROM=os.path.join(base, "tree"), TO="", TREE="1")
    cap.slow = True
    floor = peers.floor(fleet.watch, count, ["tar -xf -"], tar)
    floor.command = ["sh", "-c", f'tar -C {base} -cf {tar} tree && exec "$@"', "sh",
                     *floor.command]
    piped = f"tar -C {base} -cf - tree | ssh {options} {{}} tar -xf -"
    rsync = ["rsync", "-a", "-e", f"ssh {options}", f"{base}/tree", "{}:"]
    scp = ["scp", "-q", "-r", "-F", fleet.hosts.config, f"{base}/tree", "{}:"]
    return [floor, Tool("tar, ssh, xargs", peers.each_shell(count, piped)),
            Tool("rsync -a, xargs", peers.each(count, *rsync), program="rsync"),
            Tool("scp -r, xargs", peers.each(count, *scp)),
            peers.clush(count, "--copy", f"{base}/tree", "--dest", "."), cap, ansible]


SITE_SCRIPT = """set -eu
mkdir -p ~/site/releases ~/site/shared/log
cd ~/site
if [ -f repo/HEAD ]; then git -C repo remote update --prune >/dev/null 2>&1
else git clone -q --mirror {repository} repo; fi
now=$(date +%Y%m%d%H%M%S%N)
mkdir releases/$now
git -C repo archive main | tar -xf - -C releases/$now
ln -s ~/site/shared/log releases/$now/log
ln -s ~/site/releases/$now current.new
mv -T current.new current
ls -1d releases/* | head -n -5 | xargs -r rm -rf
"""


def site(fleet):
    """As Capistrano deploys: a release directory of 200 files, a link to it, the last five kept."""
    count, peers = 3, fleet.peers
    many = [{"upload": '"app"', "to": '"site/releases/{release}"', "unpack": "true"},
            {"link": '"site/current"', "to": '"site/releases/{release}"', "keep": "5"}]

    def source(folder):
        for i in range(200):
            where = os.path.join(folder, "src", f"d{i % 10}")
            os.makedirs(where, exist_ok=True)
            with open(os.path.join(where, f"f{i}.txt"), "w", encoding="utf-8") as file:
                file.write("".join(f"{line}\n" for line in range(i * 3)))

    text = '[artifacts.app]\ngit = "src"\n\n' + environments([count], many)
    davit = Davit(fleet.watch, fleet.hosts, "site", text, [count], make=source)
    theirs = davit.folder("auto")
    scratch.git(fleet.watch.folder, "clone", "-q", "--bare", theirs, peers.repository)

    def change(folder=theirs):
        with open(os.path.join(folder, "src", "d1", "f1.txt"), "ab") as file:
            file.write(b"changed\n")
        scratch.git(folder, "commit", "-qam", "change")
        if folder == theirs:
            scratch.git(folder, "push", "-q", peers.repository, "main")

    script = peers.put("site.sh", SITE_SCRIPT.format(**peers.words))
    ssh = Tool("ssh with a script, xargs",
               peers.each_shell(count, f"ssh {peers.options()} {{}} sh <{script}"), before=change)
    cap = peers.cap("deploy", count, "capdeploy")
    cap.before = change
    fleet.measure("release, link, keep 5", count,
                  [*davit.tools(f"on{count}", before=change), ssh, cap])
    fleet.hosts.empty()


PARTS = {"here": here, "fanout": fanout, "steps": many_steps, "upload": upload, "tree": tree,
         "site": site}
