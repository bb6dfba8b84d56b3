"""The peers' side of `npm run bench`: commands on the standard input, one line of JSON each, and one line for an answer.

A workload hands over Python source. In it,

    @peer("SPAMS")
    def _(task):
        import spams
        ...
        return lambda: spams.omp(...)

declares a peer: what stands before the return is not timed, the function returned is. `gate(task, ours, theirs)` raises
`Failed`, or returns a remark. `task.A`, `task.y` and `task.squared_norm`, one number, are what the native build drew; the sizes are attributes, too.
`TASK` is the task while the source is read, where sizes have different peers.
"""

import importlib.metadata
import json
import os
import sys
import time
import traceback
import warnings
from pathlib import Path
from types import SimpleNamespace

import numpy

warnings.filterwarnings("ignore")
# What libraries print must not mix with the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

try:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
except ImportError:
    pass


class Failed(Exception):
    """A gate that does not hold."""


class State:
    task = SimpleNamespace()
    makers = {}
    gate = None
    ready = {}
    result = {}


def define(command):
    """A workload's source at one of its sizes, with the arrays in a folder."""
    State.makers, State.ready, State.result = {}, {}, {}

    def peer(name):
        def note(make):
            State.makers[name] = make
            return make

        return note

    State.task = SimpleNamespace(**command["size"])
    folder = Path(command["folder"])
    for name in ("A", "y", "squared_norm"):
        file = folder / f"{name}.npy"
        if file.exists():
            setattr(State.task, name, numpy.load(file))
    scope = {"TASK": State.task, "peer": peer, "Failed": Failed, "numpy": numpy, "fortran": numpy.asfortranarray}
    exec(compile(command["source"], command["name"], "exec"), scope)
    State.gate = scope["gate"]
    return {"peers": list(State.makers)}


def timed(run):
    start = time.perf_counter()
    result = run()
    return 1e3 * (time.perf_counter() - start), result


def measure(command):
    """Runs a peer for a while. The first call of all is a warm-up unless it is slow: nothing compiles or loads in a figure."""
    name = command["peer"]
    if name not in State.ready:
        try:
            State.ready[name] = State.makers[name](State.task)
        except ImportError as missing:
            return {"missing": f"not installed: {missing}"}
        first, State.result[name] = timed(State.ready[name])
        if first > 1e3 * command["slow"]:
            return {"ms": [first], "slow": True}
    begin, ms = time.perf_counter(), []
    while not ms or (len(ms) < command["times"] and time.perf_counter() - begin < command["budget"]):
        took, State.result[name] = timed(State.ready[name])
        ms.append(took)
    return {"ms": ms}


def judge(command):
    """Holds our answer against the peer's."""
    ours = numpy.load(Path(command["folder"]) / "answer.npy")
    try:
        remark = State.gate(State.task, ours, State.result[command["peer"]])
        return {"pass": True, "remark": remark or ""}
    except Failed as failure:
        return {"pass": False, "remark": str(failure)}


def versions(command):
    found = {"python": sys.version.split()[0]}
    for name in command["packages"]:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return {"versions": found}


COMMANDS = {"define": define, "measure": measure, "judge": judge, "versions": versions}

for line in sys.stdin:
    command = json.loads(line)
    try:
        answer = COMMANDS[command["do"]](command)
    except Exception:
        answer = {"error": traceback.format_exc(limit=4)}
    print(json.dumps(answer), file=answers, flush=True)
