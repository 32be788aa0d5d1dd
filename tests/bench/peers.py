# SPDX-License-Identifier: MIT
"""The tools a user would pick instead, each set up as its own documentation makes it fast."""
import os
import shutil

from tool import Tool

ANSIBLE = """[defaults]
inventory = {peers}/inventory
host_key_checking = False
interpreter_python = /usr/bin/python3
gathering = explicit
retry_files_enabled = False
deprecation_warnings = False
nocows = 1
[ssh_connection]
pipelining = True
control_path = {folder}/m/%%h
ssh_args = -F {config} -C -o ControlMaster=auto -o ControlPersist=60s
scp_extra_args = -O
"""
FABFILE = """from fabric import task, ThreadingGroup, Config

def group(count):
    hosts = open("{folder}/hosts." + count).read().split()
    return ThreadingGroup(*hosts, config=Config(runtime_ssh_path="{config}"))

@task
def run(c, count, steps):
    all = group(count)
    for _ in range(int(steps)):
        all.run("true", hide=True)

@task
def put(c, count, file):
    group(count).put(file, remote="upload.bin")
"""
CAPFILE = """require "capistrano/setup"
Dir.glob("tasks/*.rake").each {{ |one| import one }}
"""
CAP_STAGE = """File.readlines("{folder}/hosts." + ENV.fetch("COUNT"), chomp: true).each do |host|
  server host, user: "{user}", port: {port}, roles: %w[app]
end
set :ssh_options, {{ keys: ["{key}"], keys_only: true, config: false, auth_methods: %w[publickey],
                     user_known_hosts_file: ["{known}"] }}
set :tmp_dir, "{peers}"
"""
CAP_TASKS = """task :steps do
  on roles(:all) do
    ENV.fetch("STEPS").to_i.times {{ execute :true }}
  end
end
task :put do
  on roles(:all) do |host|
    upload! ENV.fetch("FROM"), "{homes}/#{{host.hostname}}/" + ENV.fetch("TO"),
            recursive: ENV.key?("TREE")
  end
end
"""
CAP_DEPLOY = """set :application, "app"
set :repo_url, "{repository}"
set :branch, "main"
set :deploy_to, "~/site"
set :keep_releases, 5
"""
CAP_DEPLOY_FILE = """require "capistrano/setup"
require "capistrano/deploy"
require "capistrano/scm/git"
install_plugin Capistrano::SCM::Git
"""


class Peers:
    def __init__(self, hosts, counts):
        self.hosts, self.folder = hosts, hosts.path("peers")
        self.repository = os.path.join(self.folder, "app.git")
        self.words = {"folder": hosts.folder, "config": hosts.config, "user": hosts.user,
                      "port": hosts.port, "key": hosts.key, "known": hosts.known,
                      "peers": self.folder, "homes": hosts.path("homes"),
                      "repository": self.repository}
        for name, text in {"ansible.cfg": ANSIBLE, "fabfile.py": FABFILE, "cap/Capfile": CAPFILE,
                           "cap/config/deploy.rb": "set :scm, nil\n",
                           "cap/config/deploy/bench.rb": CAP_STAGE,
                           "cap/tasks/bench.rake": CAP_TASKS,
                           "capdeploy/Capfile": CAP_DEPLOY_FILE,
                           "capdeploy/config/deploy.rb": CAP_DEPLOY,
                           "capdeploy/config/deploy/bench.rb": CAP_STAGE}.items():
            self.put(name, text.format(**self.words))
        groups = [f"[n{n}]\n" + "".join(f"{one}\n" for one in hosts.names[:n]) for n in counts]
        self.put("inventory", "".join(groups)
                 + f"[all:vars]\nansible_port={hosts.port}\nansible_user={hosts.user}\n"
                 f"ansible_ssh_private_key_file={hosts.key}\nhome={hosts.path('homes')}\n")

    def put(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    # What there is to call, by tool.

    def each(self, count, *words):
        """A command for each host, all at once, `{}` being its name."""
        return ["xargs", "-a", self.hosts.file(count), "-P", "64", "-I{}", *words]

    def each_shell(self, count, line):
        return self.each(count, "sh", "-c", line)

    def ssh(self, warm=False):
        return ["ssh", "-n", "-F", self.hosts.warm if warm else self.hosts.config]

    def options(self, warm=False):
        return f"-F {self.hosts.warm if warm else self.hosts.config}"

    def pdsh(self, count, *words, warm=False):
        return Tool("pdsh", ["pdsh", "-S", "-R", "ssh", "-f", "64", "-w",
                             "^" + self.hosts.file(count), *words],
                    env={"PDSH_SSH_ARGS_APPEND": self.options(warm)}, warm=warm)

    def clush(self, count, *words, warm=False):
        return Tool("clush", ["clush", "-S", "-f", "64", "-O", f"ssh_options={self.options(warm)}",
                              "--hostfile", self.hosts.file(count), *words], warm=warm)

    def parallel(self, program, count, *words, warm=False):
        return Tool(program, [program, "-p", "64", "-t", "0", "-x", self.options(warm), "-h",
                              self.hosts.file(count), *words], warm=warm)

    def fab(self, task, count, *words):
        self.hosts.file(count)
        return Tool("fab", ["fab", "--search-root", self.folder, task, "--count", str(count),
                            *words])

    def cap(self, task, count, project="cap", **env):
        self.hosts.file(count)
        return Tool("cap", ["cap", "bench", task], cwd=os.path.join(self.folder, project),
                    env={"COUNT": str(count), **env})

    def ansible(self, program, *words, count, warm=False):
        return Tool(program, [program, "-f", str(min(count, 50)), *words],
                    env={"ANSIBLE_CONFIG": os.path.join(self.folder, "ansible.cfg")}, warm=warm)

    def floor(self, watch, count, commands, given=""):
        """libssh in one process; see floor.c."""
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "floor.c")
        program = os.path.join(watch.folder, "floor")
        if not os.path.exists(program):
            try:
                watch.run([shutil.which("cc") or "cc", "-O2", "-o", program, source, "-lssh"])
            except (SystemExit, OSError):
                return Tool("floor: libssh alone", ["floor"], missing="libssh-dev is not installed")
        return Tool("floor: libssh alone",
                    [program, self.hosts.file(count), str(self.hosts.port), self.hosts.user,
                     self.hosts.key, given, *commands])
