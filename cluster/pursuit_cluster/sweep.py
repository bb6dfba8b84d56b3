"""The middle of a sweep: tasks from `pursuit dispatch` to Dask in batches, records back."""

import json
import math
import os
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from distributed import Client, Future, as_completed

from .kernel import Failed, Kernel, Refused, send, start
from .progress import Progress
from .worker import Batch, Sweep, run

# A batch runs this long: far above what Dask needs for a task, far below what is missed when a worker is lost.
SECONDS = 1.0
# The most tasks of a batch.
LARGEST = 10_000
# How often Dask runs a batch again whose kernel failed. Batches of lost workers it runs again by itself.
RETRIES = 2
# Batches under way for each thread: one runs, the next is there already.
AHEAD = 2


class Batches:
    """Cuts tasks into batches of about a second, by what the trials before took."""

    def __init__(self) -> None:
        self.size = 1

    def cut(self, tasks: list[list[int]], threads: int) -> Batch:
        """Takes the next batch away from the front of `tasks`, which are in reverse. Batches become small at the
        end, so that no thread has long to go when the others are done."""
        fair = math.ceil(len(tasks) / (AHEAD * threads))
        return [tasks.pop() for _ in range(min(self.size, fair, LARGEST))]

    def learn(self, trials: int, seconds: float) -> None:
        """A batch took so long. One that was quick by chance doubles the size at most."""
        self.size = max(1, min(2 * self.size, int(SECONDS * trials / max(seconds, 1e-6))))


class Dispatch:
    """`pursuit dispatch`, which knows what is missing and keeps the folder."""

    def __init__(self, kernel: Kernel, scratch: Path, sweep: Path, out: Path, flags: list[str]):
        # The module sees the folder of the sweep and the nearest one above the results that is there.
        inner = next(path for path in [out, *out.parents] if path.is_dir())
        folders = {str(sweep.parent): False} | {str(inner): True}
        kernel.prepare(scratch)
        command = kernel.command(scratch, folders, ["dispatch", str(sweep), "--out", str(out), *flags])
        self.child = start(command)

    def read(self) -> dict:
        """What it says next; nothing once it has ended."""
        line = self.child.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else {}

    def keep(self, records: bytes) -> None:
        """Hands over records, a line each."""
        send(self.child.stdin, records)

    def end(self) -> int:
        """Ends its input, and returns its exit code."""
        try:
            self.child.stdin.close()
        except BrokenPipeError:
            pass
        self.child.stdout.close()
        return self.child.wait()


def sweep(client: Client, kernel: Kernel, path: Path, out: Path, flags: list[str]) -> tuple[int, str]:
    """Runs the trials that are missing on the cluster. Returns the exit code of `pursuit dispatch` and its report;
    where there is no report, it has said why."""
    with tempfile.TemporaryDirectory(prefix="pursuit-") as scratch:
        dispatch = Dispatch(kernel, Path(scratch), path, out, flags)
        report = ""
        try:
            if opening := dispatch.read():
                report = rounds(client, kernel, dispatch, files_of(path, opening["files"]), opening["trials"])
        except BrokenPipeError:
            pass
        except Refused:
            # Nothing has run: it need not say that trials are missing.
            dispatch.child.kill()
            raise
        finally:
            code = dispatch.end()
    if not report and code != 2:
        raise Failed(f"`pursuit dispatch` ended with code {code}")
    return code, report


def rounds(client: Client, kernel: Kernel, dispatch: Dispatch, files: dict[str, bytes], done: int) -> str:
    """Round after round until there is a report."""
    name = name_of(client, kernel, files)
    client.register_plugin(Sweep(name, kernel, files), name=name)
    progress, batches = Progress(done), Batches()
    try:
        while tasks := (said := dispatch.read()).get("tasks"):
            total = progress.done + len(tasks)
            for records, trials, workers in run_all(client, name, tasks, batches):
                dispatch.keep(records)
                progress.show(trials, total, workers)
        return said.get("report", "")
    finally:
        progress.clear()
        client.unregister_worker_plugin(name)


def run_all(client: Client, name: str, tasks: list[list[int]], batches: Batches) -> Iterator[tuple[bytes, int, int]]:
    """Runs tasks on all threads of the cluster, as it grows and shrinks; yields records as they come."""
    tasks.reverse()
    sizes: dict[Future, int] = {}
    flow = as_completed(with_results=True)
    threads, asked = client.nthreads(), time.monotonic()

    def fill() -> None:
        wanted = AHEAD * max(1, sum(threads.values()))
        while tasks and len(sizes) < wanted:
            batch = batches.cut(tasks, max(1, sum(threads.values())))
            future = client.submit(run, name, batch, pure=True, retries=RETRIES)
            sizes[future] = len(batch)
            flow.add(future)

    fill()
    for future, (records, seconds) in flow:
        trials = sizes.pop(future)
        future.release()
        batches.learn(trials, seconds)
        if time.monotonic() - asked > 1:
            threads, asked = client.nthreads(), time.monotonic()
        fill()
        yield records, trials, len(threads)


def files_of(path: Path, names: list[str]) -> dict[str, bytes]:
    """The sweep and the files beside it that its Spec names."""
    files = {"sweep.json": path.read_bytes()}
    for name in names:
        if os.path.isabs(name) or ".." in Path(name).parts or name == "sweep.json":
            raise Refused(f"the sweep names the file {name}; workers get only files that are in its folder or below")
        files[name] = (path.parent / name).read_bytes()
    return files


def name_of(client: Client, kernel: Kernel, files: dict[str, bytes]) -> str:
    """A name that no other sweep has, nor another client's run of this one, which may end at another time."""
    digest = sha256(kernel.identity().encode())
    for name, content in sorted(files.items()):
        digest.update(f"\n{name} {len(content)}\n".encode() + content)
    return f"pursuit-{digest.hexdigest()[:16]}-{client.id}"
