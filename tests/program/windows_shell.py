# SPDX-License-Identifier: MIT
"""What a Windows host's sshd starts, for a real sshd here: python3 -B windows_shell.py FOLDER

There is no PowerShell where the tests run. This takes what davit sends and decodes it as Windows
does, strictly: the command line by the rules of cmd.exe and CommandLineToArgvW, -EncodedCommand as
base64 of UTF-16LE, each line of input as base64 of UTF-8, each text as a call of one function with
PowerShell's literals (single quotes, of which there are five). Whatever Windows would take for
anything else ends the session, and stands in the file `trouble` of the host's home.

The functions of the prelude are carried out for real (windows_deeds.py): processes, files, hashes.
So the tests prove what is said, what is answered, and what davit does with it, over a real
connection. They do not prove the prelude's own PowerShell: FOLDER holds the text that it has to be,
byte for byte, and nobody here runs it. Scripts of steps are given to sh.
"""

import base64
import os
import pathlib
import re
import select
import sys

from windows_deeds import Deeds

PROGRAM = re.compile(r"(powershell|pwsh)(\.exe)?", re.IGNORECASE)
OPTIONS = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-InputFormat", "None"]
QUOTES = "'\u2018\u2019\u201a\u201b"
LONGEST_COMMAND = 8191  # of cmd.exe, which sshd starts what is wanted with


class Misread(Exception):
    pass


def must(holds, words):
    if not holds:
        raise Misread(words)


def split_command_line(line):
    """CommandLineToArgvW: 2n backslashes and a quotation mark are n of them and its end, say."""
    words, word, quoted, at = [], None, False, 0
    while at < len(line):
        backslashes = 0
        while at < len(line) and line[at] == "\\":
            backslashes, at = backslashes + 1, at + 1
        if at < len(line) and line[at] == '"':
            word = (word or "") + "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            elif quoted and line[at + 1 : at + 2] == '"':
                word, at = word + '"', at + 1
            else:
                quoted = not quoted
            at += 1
        elif backslashes:
            word = (word or "") + "\\" * backslashes
        elif line[at] in " \t" and not quoted:
            if word is not None:
                words.append(word)
            word, at = None, at + 1
        else:
            word, at = (word or "") + line[at], at + 1
    return words if word is None else words + [word]


def decode_command(line, bootstrap):
    must(len(line) <= LONGEST_COMMAND, "cmd.exe takes no line so long")
    must(not set(line) & set('%^&|<>()!"\n'), "cmd.exe takes a character of the line for its own")
    words = split_command_line(line)
    must(PROGRAM.fullmatch(words[0]), "no PowerShell is started")
    must(words[1:-2] == OPTIONS and words[-2] == "-EncodedCommand", "other options: " + line)
    wide = base64.b64decode(words[-1], validate=True)
    must(wide.decode("utf-16-le") == bootstrap, "-EncodedCommand is not the bootstrap")


def literal(text, at):
    """The one that begins there, and where it ends: Tokenizer.ScanStringLiteral of PowerShell."""
    out, at = "", at + 1
    while True:
        must(at < len(text), "a literal has no end")
        if text[at] in QUOTES:
            if text[at + 1 : at + 2] == "" or text[at + 1] not in QUOTES:
                return out, at + 1
            at += 1
        out, at = out + text[at], at + 1


def decode_call(text):
    name = re.match(r"[A-Za-z]+(-[A-Za-z]+)+", text)
    must(name, "no call: " + text[:80])
    at, arguments = name.end(), []
    while at < len(text):
        quoted = text[at] == " " and text[at + 1 : at + 2] in list(QUOTES)
        must(quoted, "no literal: " + text[at : at + 80])
        argument, at = literal(text, at + 1)
        must("\0" not in argument, "a NUL")
        arguments.append(argument)
    return name.group(), arguments


class Input:
    """Standard input: lines, and raw bytes behind them."""

    def __init__(self):
        self.room = b""
        self.tick, self.wait = None, None

    def fill(self):
        while self.wait is not None and not select.select([0], [], [], self.wait)[0]:
            self.tick()
        self.room += (more := os.read(0, 65536))
        return bool(more)

    def line(self):
        while b"\n" not in self.room:
            if not self.fill():
                return None
        line, self.room = self.room.split(b"\n", 1)
        return line

    def data(self):
        line = self.line()
        if line is None:
            sys.exit(1)
        return base64.b64decode(line, validate=True).decode("utf-8")

    def some(self, most):
        if not self.room and not self.fill():
            sys.exit(1)
        some, self.room = self.room[:most], self.room[most:]
        return some


def serve(folder):
    words = os.environ.get("SSH_ORIGINAL_COMMAND", "")
    if words in ("exit 0", "true"):  # davit doctor; whoever looks whether sshd is up
        return
    if words == "exec sh" and pathlib.Path.home().joinpath("posix").exists():  # a test's other kind
        os.execvp("sh", ["sh"])
    decode_command(words, (folder / "bootstrap").read_text())
    os.write(2, b"#< CLIXML\r\n")  # PowerShell may say so: no answer of ours
    given = Input()
    deeds = Deeds(given)
    first = True
    while (line := given.line()) is not None:
        must(line, "an empty line, at which the bootstrap would end")
        text = base64.b64decode(line, validate=True).decode("utf-8")
        if first:
            must(text == (folder / "prelude").read_text(), "the first text is not the prelude")
            first = False
            continue
        name, arguments = decode_call(text)
        deeds.do(name, arguments)


if __name__ == "__main__":
    try:
        serve(pathlib.Path(sys.argv[1]))
    except Exception as error:  # whatever it is, no test may pass with it
        trouble = f"{type(error).__name__}: {error}\n"
        with open(os.path.expanduser("~/trouble"), "a", encoding="utf-8") as file:
            file.write(trouble)
        os.write(2, trouble.encode())
        sys.exit(1)
