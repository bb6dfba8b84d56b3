"""python -m pursuit_cluster SWEEP.json --scheduler ADDRESS|local --out DIR"""

import argparse
import logging
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dask.system import CPU_COUNT
from distributed import Client, KilledWorker, LocalCluster
from distributed.comm import CommClosedError

from .kernel import Failed, Kernel, Native, Refused, Wasi
from .sweep import sweep

MODULE = Path(__file__).with_name("pursuit.wasm")
EPILOG = """Records are kept as they come: a sweep that is stopped, by Ctrl-C too, goes on with --resume.
Exit codes: 1 the cluster failed; all others are those of `pursuit sweep`."""


def main() -> int:
    """The command line. Whatever goes wrong is one sentence."""
    arguments = parse()
    try:
        return run(arguments)
    except BaseException as error:
        return tell(error, arguments.scheduler)


def tell(error: BaseException, scheduler: str) -> int:
    """Why a sweep did not end, and the exit code."""
    if interrupted(error):
        return 130
    match error:
        case Refused():
            return complain(str(error), 2)
        case Failed():
            return complain(f"{error}; --resume goes on", 1)
        case KilledWorker():
            return complain(f"the batch {error.task} took down every worker that tried it; --resume goes on", 1)
        case OSError() | TimeoutError() | CommClosedError():
            return complain(f"--scheduler: {scheduler} does not answer: {error}", 1)
    return complain(f"a worker failed: {type(error).__name__}: {error}", 1)


def interrupted(error: BaseException | None) -> bool:
    """Whether it came of Ctrl-C. What Dask had in hand may fail on the way out, in place of the interrupt."""
    return error is not None and (isinstance(error, KeyboardInterrupt) or interrupted(error.__context__))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "pursuit_cluster", description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sweep", type=Path, metavar="SWEEP.json", help="files that its Spec names are in its folder")
    parser.add_argument("--scheduler", required=True, help="a Dask scheduler such as tcp://host:8786, or local")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="for tallies.jsonl and result.json")
    workers = "local: processes, all cores where it is left out; else how many to wait for"
    parser.add_argument("--workers", type=count, metavar="N", help=workers)
    kernel = "a sandboxed module that travels to the workers (default), or a program that they have"
    parser.add_argument("--kernel", choices=["wasi", "native"], default="wasi", help=kernel)
    parser.add_argument("--program", metavar="PATH", help="the module, or the program's path on all machines")
    parser.add_argument("--resume", action="store_true", help="go on with the sweep in DIR")
    parser.add_argument("--adaptive", action="store_true", help="spend trials where the success rate may be 50 %%")
    return parser.parse_args()


def count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"takes a whole number from 1, not {text}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    kernel = kernel_of(arguments)
    flags = [f"--{flag}" for flag in ("resume", "adaptive") if getattr(arguments, flag)]
    # What Dask logs of lost workers is no news: it goes on without them.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with connect(arguments) as client:
        code, report = sweep(client, kernel, arguments.sweep.absolute(), arguments.out.absolute(), flags)
    sys.stdout.write(report)
    return code


@contextmanager
def connect(arguments: argparse.Namespace) -> Iterator[Client]:
    if arguments.scheduler == "local":
        workers = arguments.workers or CPU_COUNT
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
            with Client(cluster) as client:
                yield client
    else:
        try:
            client = Client(arguments.scheduler, timeout=30)
        except ValueError as error:
            raise Refused(f"--scheduler: takes local or an address such as tcp://host:8786: {error}") from error
        with client:
            client.wait_for_workers(arguments.workers or 1)
            yield client


def kernel_of(arguments: argparse.Namespace) -> Kernel:
    path = arguments.program
    if arguments.kernel == "native":
        found = shutil.which(path or "pursuit")
        if found is None:
            raise Refused(f"--program: {path or 'pursuit'} is no program here")
        return Native(str(Path(found).absolute()))
    try:
        return Wasi(Path(path or MODULE).read_bytes())
    except OSError as error:
        hint = "" if path else "; `npm run wasi` builds it"
        raise Refused(f"--program: {path or MODULE} cannot be read: {error.strerror}{hint}") from error


def complain(sentence: str, code: int) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
