"""pursuit_cluster on a real scheduler with real workers, all on this machine; bits against the native program's."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pursuit_cluster.sweep import Batches

ROOT = Path(__file__).parents[2]
NATIVE = os.environ.get("PURSUIT", str(ROOT / "target" / "debug" / "pursuit"))
SMALL = {
    "v": 1,
    "spec": {"v": 1, "problem": {"id": "linear", "cols": 40}, "methods": [{"id": "omp"}, {"id": "basis-pursuit"}]},
    "x": {"param": "problem.delta", "from": 0.3, "to": 0.7, "steps": 3},
    "y": {"param": "problem.rho", "from": 0.1, "to": 0.9, "steps": 5},
    "trials": 6,
}
# Long enough for a stop in its middle.
LONG = SMALL | {"trials": 30, "spec": SMALL["spec"] | {"problem": {"id": "linear", "cols": 250}}}
ALL = 451  # Lines of its tallies: the sweep and 450 trials.


def wait_for(what, condition, process, seconds=120):
    """Fails when `condition` is not true in time, or the process that shall make it so has ended."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end and process.poll() is None, f"no {what}"
        time.sleep(0.02)


class Cluster:
    """A scheduler and three workers, each a process without a nanny: one that is killed is gone."""

    def __init__(self, folder):
        self.file = folder / "scheduler.json"
        self.folder = folder
        own = ["--port", "0", "--no-show", "--scheduler-file", str(self.file)]
        self.scheduler = self.start("scheduler", *own)
        wait_for("scheduler", lambda: self.file.exists() and self.file.stat().st_size > 0, self.scheduler)
        self.address = json.loads(self.file.read_text())["address"]
        self.workers = [self.worker() for _ in range(3)]

    def start(self, *arguments):
        command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        with open(self.folder / f"{arguments[0]}.log", "ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)

    def worker(self):
        own = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)]
        return self.start("worker", self.address, *own)

    def stop(self):
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


def write(folder, sweep, name="sweep.json"):
    (folder / name).write_text(json.dumps(sweep))


def arguments(*more):
    return [sys.executable, "-m", "pursuit_cluster", *more]


def begin(folder, *more):
    """Starts a sweep, and waits until it has kept some records."""
    sweep = subprocess.Popen(
        arguments("sweep.json", "--out", "out", *more),
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_for("record", lambda: lines(folder) > 20, sweep)
    return sweep


def run(folder, *more):
    return subprocess.run(arguments(*more), cwd=folder, capture_output=True, text=True, timeout=300)


def swept(folder, out, *more):
    """Runs a sweep that must go well, and reads its result as bytes."""
    ended = run(folder, "sweep.json", "--out", out, *more)
    assert (ended.stderr, ended.returncode) == ("", 0)
    assert ended.stdout.endswith(f"digest {json.loads((folder / out / 'result.json').read_text())['digest']}\n")
    return (folder / out / "result.json").read_bytes()


def native(folder, *more):
    """The same from one thread of the native program."""
    command = [NATIVE, "sweep", "sweep.json", "--out", "native", "--workers", "1", *more]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "native" / "result.json").read_bytes()


def lines(folder, out="out"):
    path = folder / out / "tallies.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_a_worker_that_is_killed_changes_no_bit(cluster, tmp_path):
    write(tmp_path, LONG)
    expected = native(tmp_path)
    sweep = begin(tmp_path, "--scheduler", cluster.address, "--workers", "3")
    victim = cluster.workers.pop()
    assert victim.poll() is None
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    at_the_kill = lines(tmp_path)
    assert (sweep.communicate(timeout=300)[1], sweep.returncode) == ("", 0)
    assert at_the_kill < lines(tmp_path) == ALL, "it was killed in mid-sweep, and no trial is kept twice"
    assert (tmp_path / "out" / "result.json").read_bytes() == expected
    cluster.workers.append(cluster.worker())


def test_a_sweep_that_was_killed_goes_on(cluster, tmp_path):
    write(tmp_path, LONG)
    sweep = begin(tmp_path, "--scheduler", cluster.address)
    sweep.kill()
    sweep.communicate()
    kept = lines(tmp_path)
    assert 20 < kept < ALL
    refused = run(tmp_path, "sweep.json", "--scheduler", cluster.address, "--out", "out")
    assert refused.returncode == 2
    assert refused.stderr == f"--out: {tmp_path}/out holds a sweep already; --resume goes on with it\n"
    assert swept(tmp_path, "out", "--scheduler", cluster.address, "--resume") == native(tmp_path)
    assert lines(tmp_path) == ALL


def test_ctrl_c_keeps_what_is_done(cluster, tmp_path):
    write(tmp_path, LONG)
    sweep = begin(tmp_path, "--scheduler", cluster.address)
    sweep.send_signal(signal.SIGINT)
    told = sweep.communicate(timeout=60)[1]
    assert sweep.returncode == 130
    missing = ALL - lines(tmp_path)
    assert told == f"the standard input: ended with {missing} trials missing; --resume goes on\n"
    assert json.loads((tmp_path / "out" / "result.json").read_text())["trials"] == ALL - 1 - missing


@pytest.mark.parametrize("kernel", [["--kernel", "native", "--program", NATIVE], []])
def test_adaptive_sweeps_with_files_are_the_same_from_any_kernel(cluster, tmp_path, kernel):
    problem = {"id": "linear", "data": {"matrix": "data/A.csv"}, "signal": {"id": "sparse", "sparsity": 1}}
    axes = {
        "x": {"param": "problem.signal.sparsity", "from": 1, "to": 3, "steps": 3},
        "y": {"param": "problem.snr_db", "from": 10, "to": 60, "steps": 4},
    }
    write(tmp_path, SMALL | axes | {"spec": {"v": 1, "problem": problem, "methods": [{"id": "omp"}]}, "tolerance": 0.1})
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "A.csv").write_text("1,2,0,1\n0,1,3,-1\n1,0,1,5\n")
    ours = swept(tmp_path, "out", "--scheduler", cluster.address, "--adaptive", *kernel)
    assert ours == native(tmp_path, "--adaptive")


def test_a_cluster_of_its_own(tmp_path):
    write(tmp_path, SMALL)
    assert swept(tmp_path, "deep/out", "--scheduler", "local", "--workers", "2") == native(tmp_path)


def test_what_cannot_be_used_has_its_sentence(cluster, tmp_path):
    def refused(sentence, *more, code=2):
        ended = run(tmp_path, *more, "--scheduler", cluster.address, "--out", "out")
        assert (ended.stderr, ended.returncode, ended.stdout) == (sentence + "\n", code, "")

    refused(f"{tmp_path}/none.json cannot be read: No such file or directory (os error 44)", "none.json")
    write(tmp_path, SMALL | {"trials": 0}, "zero.json")
    refused("trials: takes a whole number from 1 to 10000, not 0", "zero.json")
    write(tmp_path, SMALL)
    refused("--program: none is no program here", "sweep.json", "--kernel", "native", "--program", "none")
    refused("--program: none.wasm cannot be read: No such file or directory", "sweep.json", "--program", "none.wasm")
    (tmp_path / "text.wasm").write_text("no module")
    refused("--program: takes a module of WebAssembly", "sweep.json", "--program", "text.wasm")
    ended = "`pursuit dispatch` ended with code 1; --resume goes on"
    refused(ended, "sweep.json", "--kernel", "native", "--program", "false", code=1)
    signal = {"id": "sparse", "sparsity": 1}
    data = {"id": "linear", "data": {"matrix": str(tmp_path / "A.csv")}, "signal": signal}
    spec = {"v": 1, "problem": data, "methods": [{"id": "omp"}]}
    axes = {"x": {"param": "methods[0].tolerance", "steps": 2}, "y": {"param": "problem.snr_db", "steps": 2}}
    write(tmp_path, SMALL | axes | {"spec": spec}, "outside.json")
    (tmp_path / "A.csv").write_text("1,2,0,1\n0,1,3,-1\n1,0,1,5\n")
    outside = f"the sweep names the file {tmp_path}/A.csv; workers get only files that are in its folder or below"
    refused(outside, "outside.json")
    gone = run(tmp_path, "sweep.json", "--scheduler", "tcp://127.0.0.1:9", "--out", "out")
    assert gone.stderr.startswith("--scheduler: tcp://127.0.0.1:9 does not answer") and gone.stderr.count("\n") == 1
    assert gone.returncode == 1


def test_batches_last_a_second_and_become_small_at_the_end():
    batches = Batches()
    tasks = [[0, i] for i in range(1000)][::-1]
    order, sizes = [], []
    while tasks:
        batch = batches.cut(tasks, threads=4)
        order += batch
        sizes.append(len(batch))
        batches.learn(len(batch), 0.01 * len(batch))
    assert order == [[0, i] for i in range(1000)], "all of them, in their order"
    assert sizes[:4] == [1, 2, 4, 8] and max(sizes) == 100 and sizes[-7:] == [1] * 7, sizes
