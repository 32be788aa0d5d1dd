# SPDX-License-Identifier: MIT
"""Hosts on loopback: an sshd for every sixteen addresses 127.0.1.N, each with a home of its own.

They run as whoever measures, with one key made here, and end with the folder. No PAM, no limit of
unauthenticated connections or of sessions that would refuse a tool; all else, the key exchange too,
is as OpenSSH has it."""
import getpass
import os
import shutil
import socket
import subprocess
import sys
import time

EACH = 16  # addresses of one sshd, which takes no more
SERVER = """Port {port}
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UseDNS no
PrintMotd no
PrintLastLog no
MaxStartups 10000
MaxSessions 1000
Subsystem sftp {sftp} -d $HOME
"""
CLIENT = """Host 127.0.*
    Port {port}
    User {user}
    IdentityFile {folder}/key
    IdentitiesOnly yes
    UserKnownHostsFile {folder}/known_hosts
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
    UpdateHostKeys no
    BatchMode yes
    LogLevel ERROR
"""
WARM = """    ControlMaster auto
    ControlPersist 600
    ControlPath {folder}/m/%h
"""
SFTP = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.1.1", 0))
        return one.getsockname()[1]


class Hosts:
    def __init__(self, folder, count):
        self.folder, self.port, self.user = folder, free_port(), getpass.getuser()
        self.names = [f"127.0.1.{i}" for i in range(1, count + 1)]
        self.config, self.warm = self.path("ssh_config"), self.path("warm_config")
        self.key, self.known = self.path("key"), self.path("known_hosts")
        self.program = shutil.which("sshd") or "/usr/sbin/sshd"
        self.servers = []
        self.write()
        self.start()

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def home(self, name):
        return self.path("homes", name)

    def file(self, count):
        """A file with the first of them, one a line."""
        path = self.path(f"hosts.{count}")
        self.put(path, "".join(name + "\n" for name in self.names[:count]))
        return path

    def put(self, path, text):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def write(self):
        os.makedirs(self.path("m"), mode=0o700)
        for name in ("key", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(name)],
                           check=True)
        with open(self.path("host_key.pub"), encoding="utf-8") as file:
            self.put(self.known, f"[127.0.*]:{self.port} {file.read()}")
        words = {"folder": self.folder, "port": self.port, "user": self.user}
        self.put(self.config, CLIENT.format(**words))
        self.put(self.warm, (CLIENT + WARM).format(**words))
        for i, name in enumerate(self.names):
            os.makedirs(self.home(name))
            self.put(os.path.join(self.home(name), ".bashrc"), 'cd "$HOME"\n')

    def start(self):
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        sftp = next((path for path in SFTP if os.path.exists(path)), "internal-sftp")
        for first in range(0, len(self.names), EACH):
            names = self.names[first:first + EACH]
            text = SERVER.format(folder=self.folder, port=self.port, sftp=sftp)
            text += "".join(f"ListenAddress {name}\n" for name in names)
            text += "".join(f"Match LocalAddress {name}\n  SetEnv HOME={self.home(name)}\n"
                            for name in names)
            path = self.path(f"sshd.{first}")
            self.put(path, text)
            self.servers.append(subprocess.Popen(
                [self.program, "-D", "-f", path, "-E", path + ".log"], stdin=subprocess.DEVNULL,
                start_new_session=True))
        for name in self.names[::EACH]:
            self.must_be_at_home(name)

    def must_be_at_home(self, name):
        """What a tool leaves in its working directory must not land in the real home."""
        said = ""
        for _ in range(100):
            done = subprocess.run(["ssh", "-n", "-F", self.config, name, "pwd"],
                                  capture_output=True)
            said = (done.stdout + done.stderr).decode().strip()
            if done.returncode == 0:
                break
            time.sleep(0.05)
        if os.path.realpath(said) != os.path.realpath(self.home(name)):
            self.stop()
            sys.exit(f"tests/bench/fleet: {name} does not start in its own home: {said}\n"
                     "the user's login shell must be bash")

    def open_masters(self, count):
        """A connection to each of the first, which stays open."""
        subprocess.run(["xargs", "-a", self.file(count), "-P", "16", "-I{}", "ssh", "-n", "-F",
                        self.warm, "{}", "true"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def close_masters(self):
        for name in os.listdir(self.path("m")):
            subprocess.run(["ssh", "-F", self.config, "-o", f"ControlPath={self.path('m', name)}",
                            "-O", "exit", "127.0.1.1"], capture_output=True)

    def empty(self):
        """Nothing in the homes but what makes them homes."""
        for name in self.names:
            for one in os.listdir(self.home(name)):
                path = os.path.join(self.home(name), one)
                if os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path)
                elif one != ".bashrc":
                    os.remove(path)

    def stop(self):
        self.close_masters()
        for server in self.servers:
            subprocess.run(["pkill", "-P", str(server.pid)])
            server.terminate()
            server.wait()
