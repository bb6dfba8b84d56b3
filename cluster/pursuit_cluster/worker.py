"""What a Dask worker has of a sweep: its files, and a kernel for each of its threads."""

import shutil
import tempfile
import threading
import time
from pathlib import Path

from distributed import Worker, WorkerPlugin, get_worker

from .kernel import Kernel, Trials

Batch = list[list[int]]


class Sweep(WorkerPlugin):
    """A sweep on a worker. Workers that join later get it from the scheduler."""

    def __init__(self, name: str, kernel: Kernel, files: dict[str, bytes]):
        self.name = name
        self.kernel = kernel
        self.files = files

    def setup(self, worker: Worker) -> None:
        """Lays out the files; the first batch compiles the kernel, so that the worker goes on answering."""
        self.folder = Path(tempfile.mkdtemp(prefix="pursuit-", dir=worker.local_directory))
        for name, content in self.files.items():
            path = self.folder / "sweep" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.lock = threading.Lock()
        self.prepared = False
        self.idle: list[Trials] = []
        self.all: set[Trials] = set()

    def teardown(self, worker: Worker) -> None:
        """Ends the kernels."""
        for trials in list(self.all):
            trials.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, batch: Batch) -> tuple[bytes, float]:
        """The records of a batch as lines, and the seconds that they took. A kernel that fails is not used again."""
        trials = self.take()
        try:
            started = time.perf_counter()
            lines = trials.run(batch)
        except BaseException:
            self.all.discard(trials)
            trials.close()
            raise
        self.idle.append(trials)
        return b"".join(lines), time.perf_counter() - started

    def take(self) -> Trials:
        """A kernel that waits, or a new one."""
        with self.lock:
            if not self.prepared:
                self.kernel.prepare(self.folder)
                self.prepared = True
            if self.idle:
                return self.idle.pop()
        sweep = self.folder / "sweep"
        command = self.kernel.command(self.folder, {str(sweep): False}, ["trials", str(sweep / "sweep.json")])
        trials = Trials(command)
        self.all.add(trials)
        return trials


def run(name: str, batch: Batch) -> tuple[bytes, float]:
    """The task: a batch of the sweep that the worker knows as `name`."""
    return get_worker().plugins[name].run(batch)
