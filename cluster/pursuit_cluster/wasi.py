"""Runs `pursuit` as a module of wasm32-wasip1: python -m pursuit_cluster.wasi COMPILED FOLDERS ARGUMENTS...

The module sees the folders that it is given, the three standard streams and a clock; nothing else of the machine.
FOLDERS is a JSON object, a path and whether the module may write there.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path

from wasmtime import Config, Engine, ExitTrap, Linker, Module, Store, Trap, WasiConfig, WasmtimeError


def compile_module(module: bytes, into: Path) -> None:
    """Translates a module for this machine, so that every child only has to map the file.

    What was translated once on this machine is taken from wasmtime's cache.
    """
    config = Config()
    with suppress(WasmtimeError):  # A home that cannot be written to only costs the time to do it again.
        config.cache = True
    into.write_bytes(Module(Engine(config), module).serialize())


def run(compiled: str, folders: dict[str, bool], arguments: list[str]) -> int:
    """Runs a compiled module to its end and returns its exit code."""
    engine = Engine(Config())
    wasi = WasiConfig()
    wasi.argv = ["pursuit", *arguments]
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    for folder, writable in folders.items():
        wasi.preopen_dir(folder, folder, writable)
    store = Store(engine)
    store.set_wasi(wasi)
    linker = Linker(engine)
    linker.define_wasi()
    instance = linker.instantiate(store, Module.deserialize_file(engine, compiled))
    try:
        instance.exports(store)["_start"](store)
    except ExitTrap as end:
        return end.code
    return 0


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]))
    except (Trap, WasmtimeError) as error:
        sys.exit(f"the module stopped: {str(error).splitlines()[0]}")
