"""`pursuit` as a child process: natively, or as a module under wasmtime. Both read and write the same lines."""

import json
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from wasmtime import WasmtimeError

from .wasi import compile_module


@dataclass(frozen=True)
class Native:
    """The program at a path, which every machine has."""

    path: str

    def prepare(self, folder: Path) -> None:
        """Nothing to do."""

    def command(self, folder: Path, folders: dict[str, bool], arguments: list[str]) -> list[str]:
        """How to start it."""
        return [self.path, *arguments]

    def identity(self) -> str:
        """What tells two programs apart."""
        return self.path


@dataclass(frozen=True)
class Wasi:
    """A module, which travels to the workers."""

    module: bytes

    def prepare(self, folder: Path) -> None:
        """Compiles the module into `folder`: once a worker, whatever the number of children."""
        try:
            compile_module(self.module, folder / "pursuit.compiled")
        except WasmtimeError as error:
            raise Refused("--program: takes a module of WebAssembly") from error

    def command(self, folder: Path, folders: dict[str, bool], arguments: list[str]) -> list[str]:
        """How to start it; it sees `folders`, and writes to those that are true."""
        compiled = str(folder / "pursuit.compiled")
        return [sys.executable, "-m", "pursuit_cluster.wasi", compiled, json.dumps(folders), *arguments]

    def identity(self) -> str:
        """What tells two modules apart."""
        return sha256(self.module).hexdigest()


Kernel = Native | Wasi


class Refused(Exception):
    """What was asked for cannot be done; a sentence."""


class Failed(Exception):
    """A kernel ended before its work did; a sentence."""


def start(command: list[str], stderr: int | None = None) -> subprocess.Popen:
    """Starts a kernel that reads and writes lines. Ctrl-C is not for it: it ends when its input does."""
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True
        )
    except OSError as error:
        raise Refused(f"{command[0]} cannot be started: {error.strerror}") from error


class Trials:
    """A `pursuit trials` that has read its sweep and stays."""

    def __init__(self, command: list[str]):
        self.child = start(command, subprocess.PIPE)

    def run(self, batch: list[list[int]]) -> list[bytes]:
        """The records of a batch, a line each."""
        try:
            send(self.child.stdin, json.dumps(batch).encode() + b"\n")
            lines = [self.child.stdout.readline() for _ in batch]
        except BrokenPipeError:
            lines = [b""]
        if not all(line.endswith(b"\n") for line in lines):
            raise Failed(self.last_words())
        return lines

    def last_words(self) -> str:
        """Why it ended."""
        self.child.stdout.close()
        told = self.child.stderr.read().decode(errors="replace").split("\n")
        code = self.child.wait()
        return " ".join([f"a kernel ended with code {code}:", *(line.strip() for line in told)]).strip(": ")

    def close(self) -> None:
        """Ends it, in mid-trial if need be."""
        self.child.kill()
        self.child.communicate()


def send(pipe: IO[bytes], line: bytes) -> None:
    """Writes lines that must not wait in a buffer."""
    pipe.write(line)
    pipe.flush()
